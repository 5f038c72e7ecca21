// For the next requests, and for the cleaning up at the end.
const created = pm.response.json();
const email = JSON.parse(pm.request.body.toString()).email;
const made = JSON.parse(pm.collectionVariables.get('madeEmails') || '[]');
pm.collectionVariables.set('madeEmails', JSON.stringify([...made, email]));
pm.collectionVariables.set('signupEmail', email);
pm.collectionVariables.set('signupId', created.id);
pm.collectionVariables.set('signupTraceId', created.traceId);

pm.test('says where its state is', () => {
  pm.expect(pm.response.headers.get('location')).to.equal(`/signups/${created.id}`);
  pm.expect(created.status).to.be.oneOf(['pending', 'notified']);
});
