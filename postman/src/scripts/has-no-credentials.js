pm.test('says that there are no credentials', () => {
  const report = pm.response.json();
  pm.expect(report.state).to.equal('missing');
  pm.expect(report.lastError).to.be.a('string');
});
