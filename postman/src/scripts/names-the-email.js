pm.test('names the field', () => {
  pm.expect(pm.response.json().errors.map((error) => error.field)).to.include('email');
});
