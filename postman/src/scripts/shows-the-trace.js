const [trace] = pm.response.json().Traces;
const documents = trace.Segments.map((segment) => JSON.parse(segment.Document));
console.log(`Trace: ${pm.variables.get('consoleTraceUrl')}${trace.Id}`);

pm.test('has a segment of each service', () => {
  const names = documents.map((document) => document.name);
  pm.expect(names).to.include('signup-api').and.to.include('notifier');
});
