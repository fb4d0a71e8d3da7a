import {
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { iso } from '../../../shared/kernel/time';
import type { SavedUser, Users } from '../ports/backup';

/** The most that Cognito gives at once: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
const PAGE = 60;

export class CognitoUsers implements Users {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    private readonly pool: string,
  ) {}

  async page(token?: string): Promise<{ users: SavedUser[]; token?: string }> {
    const { Users: found = [], PaginationToken } = await this.client.send(
      new ListUsersCommand({ UserPoolId: this.pool, Limit: PAGE, PaginationToken: token }),
    );
    const users = found.map(
      ({ Username = '', Attributes = [], Enabled = false, UserStatus = '', ...rest }) => ({
        username: Username,
        attributes: Object.fromEntries(Attributes.map(({ Name = '', Value = '' }) => [Name, Value])),
        enabled: Enabled,
        status: UserStatus,
        createdAt: iso(rest.UserCreateDate?.getTime() ?? 0),
      }),
    );
    return { users, token: PaginationToken };
  }

  async staff(): Promise<string[]> {
    const all: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListUsersInGroupCommand({ UserPoolId: this.pool, GroupName: 'staff', Limit: PAGE, NextToken }),
      );
      all.push(...(page.Users ?? []).map(({ Username = '' }) => Username));
      NextToken = page.NextToken;
    } while (NextToken);
    return all;
  }
}
