import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { type DemoUser, demoUsers } from './users';

async function loadUser(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  { email: Username, password: Password, role }: DemoUser,
): Promise<void> {
  const UserAttributes = [
    { Name: 'email', Value: Username },
    { Name: 'email_verified', Value: 'true' },
  ];
  try {
    await client.send(
      new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
    );
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
  await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  if (role === 'staff') {
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: 'staff' }));
  }
}

/** Two customers and one of the staff, with the passwords that `npm start` prints; each may be there already. */
export async function loadUsers(
  client: CognitoIdentityProviderClient,
  userPoolId: string,
  log: (line: string) => void,
): Promise<void> {
  await Promise.all(demoUsers.map((user) => loadUser(client, userPoolId, user)));
  log(`${demoUsers.length} people can sign in`);
}
