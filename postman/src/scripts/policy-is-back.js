pm.test('allows sns:Publish again', () => {
  const encoded = /<PolicyDocument>([^<]*)</.exec(pm.response.text())[1];
  pm.expect(decodeURIComponent(encoded)).to.include('sns:Publish');
});
