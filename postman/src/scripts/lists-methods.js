pm.test('says what the path takes', () => pm.expect(pm.response.headers.get('allow')).to.include('POST'));
