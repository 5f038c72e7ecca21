// The way from the answer to its trace: a link in the console's log and on the Visualize tab.
const sent = /Root=([^;]+)/.exec(pm.request.headers.get('X-Amzn-Trace-Id') ?? '')?.[1];
const answered = /Root=([^;]+)/.exec(pm.response.headers.get('x-amzn-trace-id') ?? '')?.[1];
if (answered !== undefined) {
  const url = `${pm.variables.get('consoleTraceUrl')}${answered}`;
  console.log(`Trace: ${url}`);
  pm.visualizer.set(
    '<p style="font-family: sans-serif">{{status}}: <a href="{{url}}" target="_blank">trace {{id}}</a></p>',
    { status: `${pm.response.code} ${pm.response.status}`, url, id: answered },
  );
}
if (sent !== undefined && answered !== undefined) {
  pm.test('is part of the trace that the request named', () => pm.expect(answered).to.equal(sent));
}
if ((pm.response.headers.get('content-type') ?? '').startsWith('application/problem+json')) {
  pm.test('is a problem document of its status and trace', () => {
    const problem = pm.response.json();
    pm.expect(problem.status).to.equal(pm.response.code);
    pm.expect(problem.type).to.match(/^urn:signup-lab:problem:[a-z-]+$/);
    pm.expect(problem.title).to.be.a('string');
    pm.expect(problem.traceId).to.equal(answered);
  });
}
