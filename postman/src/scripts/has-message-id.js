pm.test('has the id of the message', () => pm.expect(pm.response.json().messageId).to.be.a('string'));
