pm.test('says when to try again', () => {
  pm.expect(Number(pm.response.headers.get('retry-after'))).to.be.above(0);
});
