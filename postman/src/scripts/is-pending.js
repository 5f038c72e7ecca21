pm.test('waits for its announcement', () => {
  const state = pm.response.json();
  pm.expect(state.status).to.equal('pending');
  pm.expect(state.pendingSince).to.be.a('string');
});
