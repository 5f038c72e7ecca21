const summaries = pm.response.json().TraceSummaries;
pm.test('lists the sign-up', () => {
  pm.expect(summaries.map((summary) => summary.Id)).to.include(pm.variables.get('signupTraceId'));
});
