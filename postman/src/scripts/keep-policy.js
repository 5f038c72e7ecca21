const encoded = /<PolicyDocument>([^<]*)</.exec(pm.response.text())[1];
const policy = JSON.parse(decodeURIComponent(encoded));
const isPublish = (action) => action.toLowerCase() === 'sns:publish';
const statements = policy.Statement.map((statement) => ({
  ...statement,
  Action: [statement.Action].flat().filter((action) => !isPublish(action)),
})).filter((statement) => statement.Action.length > 0);
const without = JSON.stringify({ ...policy, Statement: statements });

// Kept only while the permission is in it: what is given back must not be a policy that lacks it.
const has = JSON.stringify(policy) !== without && policy.Statement.flatMap((s) => s.Action).some(isPublish);
if (has) pm.collectionVariables.set('policyWith', JSON.stringify(policy));
pm.collectionVariables.set('policyWithout', without);

pm.test('allows sns:Publish', () => pm.expect(has).to.equal(true));
