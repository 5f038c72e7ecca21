pm.variables.set('tooMuch', 'x'.repeat(70_000));
