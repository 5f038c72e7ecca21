pm.test('is notified', () => {
  const state = pm.response.json();
  pm.expect(state.status).to.equal('notified');
  pm.expect(state.notifiedAt).to.be.a('string');
});
