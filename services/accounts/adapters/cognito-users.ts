import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ErasesUsers, ReadsUsers, User } from '../ports/people';

/** The pool signs in by e-mail, so a user's name is the `sub` of their tokens, which is the customer id. */
export class CognitoUsers implements ReadsUsers, ErasesUsers {
  constructor(
    private readonly cognito: CognitoIdentityProviderClient,
    private readonly userPoolId: string,
  ) {}

  async find(customerId: string): Promise<User | undefined> {
    const found = await this.unlessGone(() =>
      this.cognito.send(new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: customerId })),
    );
    if (!found) return undefined;
    const of = (name: string) => found.UserAttributes?.find(({ Name }) => Name === name)?.Value;
    return {
      email: of('email'),
      emailVerified: of('email_verified') === 'true',
      phone: of('phone_number'),
      name: of('name'),
      createdAt: found.UserCreateDate?.toISOString(),
    };
  }

  async erase(customerId: string): Promise<void> {
    await this.unlessGone(() =>
      this.cognito.send(new AdminDeleteUserCommand({ UserPoolId: this.userPoolId, Username: customerId })),
    );
  }

  private async unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }
}
