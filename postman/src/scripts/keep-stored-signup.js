const problem = pm.response.json();
const email = JSON.parse(pm.request.body.toString()).email;
const made = JSON.parse(pm.collectionVariables.get('madeEmails') || '[]');
pm.collectionVariables.set('madeEmails', JSON.stringify([...made, email]));
pm.collectionVariables.set('signupId', problem.id);
pm.collectionVariables.set('signupTraceId', problem.traceId);

pm.test('says which sign-up is stored all the same', () => pm.expect(problem.id).to.match(/^[0-9a-f-]{36}$/));
