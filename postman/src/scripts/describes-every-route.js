pm.test('is OpenAPI 3.1', () => pm.expect(pm.response.json().openapi).to.match(/^3\.1\./));
