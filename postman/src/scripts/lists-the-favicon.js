pm.test('lists a 404 as an error, and not as a fault', () => {
  const [summary] = pm.response.json().TraceSummaries;
  pm.expect(summary.HasError).to.equal(true);
  pm.expect(summary.HasFault).to.equal(false);
});
