pm.test('is the page', () => {
  pm.expect(pm.response.headers.get('content-type')).to.include('text/html');
  pm.expect(pm.response.text()).to.include('AWS X-Ray').and.to.include('name="email"');
});
