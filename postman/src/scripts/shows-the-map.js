const services = pm.response.json().Services;
const nodes = services.map((service) => `${service.Name} (${service.Type ?? 'no type'})`);
console.log(`The map: ${nodes.join(', ')}`);

pm.test('has the client, both services, the table and the topic', () => {
  const types = services.map((service) => service.Type);
  const names = services.map((service) => service.Name);
  pm.expect(names).to.include('signup-api').and.to.include('notifier');
  pm.expect(types).to.include('client').and.to.include('AWS::DynamoDB::Table').and.to.include('AWS::SNS');
});
