const made = JSON.parse(pm.collectionVariables.get('madeEmails') || '[]');
pm.variables.set('removeEmail', made[0] ?? 'nobody@example.com');
