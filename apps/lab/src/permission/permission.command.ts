import { readCallerAccount } from '../aws/caller-account.js';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { LabError, UsageError } from '../command-line/lab-errors.js';
import { AWS_OPTION } from '../command-line/shared-options.js';
import type { PolicyEdit } from './edit-policy.js';
import { grantAction, readPermission, revokeAction, WildcardError } from './edit-policy.js';
import { InlinePolicy } from './inline-policy.js';
import type { PolicyDocument } from './policy-document.js';
import type { RolePolicy } from './role-policies.js';
import { chooseRole, loadRolePolicies, policiesDirectoryOf, readTemplate } from './role-policies.js';

const VERBS = ['show', 'revoke', 'grant'] as const;
type Verb = (typeof VERBS)[number];

export const permissionCommand: LabCommand = {
  name: 'permission',
  summary: "take an action away from a service's role, give it back, or look",
  description: [
    "Changes the inline policy of a service's role through IAM: revoke takes an action out of the statements that\n" +
      'allow it, grant puts it back as deploy/policies/ROLE.json has it. Everything else in the policy stays, and\n' +
      'doing either twice changes nothing. The services notice at their next call, without a restart.',
    'In AWS (--aws) the same is done to the role of the deployed service; name it with --role-name when the\n' +
      'stack gave it another name. IAM takes some seconds to act on a change there.',
  ],
  positionals: [
    { name: 'VERB', isRequired: true, help: 'show, revoke or grant' },
    { name: 'ACTION', isRequired: true, help: 'an action as IAM writes it, such as sns:Publish' },
  ],
  options: {
    role: { placeholder: 'ROLE', help: 'the service role (default: the one whose policy has the action)' },
    'role-name': { placeholder: 'NAME', help: 'the name of the role in IAM (default: as --role)' },
    'policy-name': { placeholder: 'NAME', help: 'the name of its inline policy (default: as --role)' },
    aws: AWS_OPTION,
    json: { help: 'print {role, policy, action, state, statements, changes}' },
  },
  examples: [
    { line: 'permission revoke sns:Publish', does: 'sign-ups now answer 500 and stay pending' },
    { line: 'permission grant sns:Publish', does: 'the pending ones are announced within half a minute' },
    { line: 'permission show sns:Publish', does: 'granted or revoked, and by which statement' },
  ],
  run: runPermission,
};

async function runPermission(input: CommandInput, io: LabIo): Promise<number> {
  const verb = VERBS.find((candidate) => candidate === input.word('VERB'));
  if (verb === undefined)
    throw new UsageError(`VERB must be show, revoke or grant, not "${input.word('VERB')}"`);
  const action = input.word('ACTION') ?? '';
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) {
    throw new UsageError(`ACTION must be an action of IAM such as sns:Publish, not "${action}"`);
  }
  const isAws = input.flag('aws');
  const policies = await loadRolePolicies(policiesDirectoryOf(import.meta.dirname));
  const rolePolicy = chooseRole(policies, action, input.text('role'));
  const inlinePolicy = await InlinePolicy.create(io.env, {
    isAws,
    roleName: input.text('role-name') ?? rolePolicy.role,
    policyName: input.text('policy-name') ?? rolePolicy.role,
  });
  try {
    const live = await inlinePolicy.read();
    const edit = await editPolicy(verb, live, { action, rolePolicy, env: io.env, isAws });
    if (edit.changes.length > 0) await inlinePolicy.write(edit.document);
    io.out.write(renderOutcome({ verb, action, inlinePolicy, edit }, input.flag('json')));
    return 0;
  } finally {
    inlinePolicy.close();
  }
}

interface EditRequest {
  action: string;
  rolePolicy: RolePolicy;
  env: LabIo['env'];
  isAws: boolean;
}

async function editPolicy(
  verb: Verb,
  live: PolicyDocument | undefined,
  { action, rolePolicy, env, isAws }: EditRequest,
): Promise<PolicyEdit> {
  const unchanged: PolicyEdit = { ...(live === undefined ? {} : { document: live }), changes: [] };
  if (verb === 'grant') {
    const account = await readCallerAccount(env, { isAws });
    return grantAction(live, readTemplate(rolePolicy, account), action);
  }
  if (verb === 'show' || live === undefined) return unchanged;
  try {
    return revokeAction(live, action);
  } catch (error) {
    if (!(error instanceof WildcardError)) throw error;
    throw new LabError(error.message, { cause: error });
  }
}

interface Outcome {
  verb: Verb;
  action: string;
  inlinePolicy: InlinePolicy;
  edit: PolicyEdit;
}

function renderOutcome({ verb, action, inlinePolicy, edit }: Outcome, isJson: boolean): string {
  const { roleName: role, policyName: policy } = inlinePolicy;
  const { state, statements } = readPermission(edit.document, action);
  if (isJson) {
    return `${JSON.stringify({ role, policy, action, state, statements, changes: edit.changes }, null, 2)}\n`;
  }
  const by = statements.length === 0 ? '' : `, by ${statements.join(' and ')}`;
  const standing = `${action} is ${state} for the role ${role}${by}`;
  if (edit.changes.length === 0) return `${standing}${verb === 'show' ? '' : '; nothing to change'}\n`;
  const deleted =
    edit.document === undefined ? `; nothing was left in the inline policy ${policy}, so it is gone` : '';
  return `${capitalize(edit.changes.join(', '))}${deleted}. Now ${standing}.\n`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
