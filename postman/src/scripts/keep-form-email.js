const email = pm.request.body.urlencoded.get('email');
const made = JSON.parse(pm.collectionVariables.get('madeEmails') || '[]');
pm.collectionVariables.set('madeEmails', JSON.stringify([...made, email]));
