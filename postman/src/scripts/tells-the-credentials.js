const report = pm.response.json();
pm.test('tells whose credentials it has, and no secret', () => {
  pm.expect(report).to.have.all.keys('source', 'role', 'expiresAt', 'lastRefreshedAt', 'state', 'lastError');
  pm.expect(report.state).to.equal('valid');
  pm.expect(report.role).to.include(':assumed-role/');
});
