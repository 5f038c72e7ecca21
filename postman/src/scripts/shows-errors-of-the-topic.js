const topic = pm.response.json().Services.find((service) => service.Type === 'AWS::SNS');
pm.test('shows errors at the topic', () => {
  pm.expect(topic.SummaryStatistics.ErrorStatistics.TotalCount).to.be.above(0);
});
