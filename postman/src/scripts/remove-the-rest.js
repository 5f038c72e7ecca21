const rest = JSON.parse(pm.collectionVariables.get('madeEmails') || '[]').slice(1);
pm.collectionVariables.set('madeEmails', JSON.stringify(rest));
if (rest.length > 0) pm.execution.setNextRequest(pm.info.requestId);
