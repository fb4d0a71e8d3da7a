import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Accounts } from '../ports/accounts';

export class CognitoAccounts implements Accounts {
  constructor(
    private readonly cognito: CognitoIdentityProviderClient,
    private readonly userPoolId: string,
  ) {}

  /** The pool signs in by e-mail, so a user's name is the `sub` of their tokens, which is the customer id. */
  async emailOf(customerId: string): Promise<string | undefined> {
    try {
      const { UserAttributes = [] } = await this.cognito.send(
        new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: customerId }),
      );
      return UserAttributes.find(({ Name }) => Name === 'email')?.Value;
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }
}
