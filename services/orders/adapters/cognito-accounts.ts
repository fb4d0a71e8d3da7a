import {
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Accounts, FindsAccounts, KnowsVerifiedEmails } from '../ports/accounts';

const attributeOf = (attributes: AttributeType[] | undefined, name: string): string | undefined =>
  attributes?.find(({ Name }) => Name === name)?.Value;

/** Cognito refuses a longer one, so nobody has it. */
const LONGEST_NAME = 128;

/** The pool signs in by e-mail, so a user's name is the `sub` of their tokens, which is the customer id. */
export class CognitoAccounts implements Accounts, KnowsVerifiedEmails, FindsAccounts {
  constructor(
    private readonly cognito: CognitoIdentityProviderClient,
    private readonly userPoolId: string,
  ) {}

  async emailOf(customerId: string): Promise<string | undefined> {
    return attributeOf(await this.attributesOf(customerId), 'email');
  }

  async verifiedEmailOf(customerId: string): Promise<string | undefined> {
    const attributes = await this.attributesOf(customerId);
    return attributeOf(attributes, 'email_verified') === 'true'
      ? attributeOf(attributes, 'email')
      : undefined;
  }

  /** An address that signs in is an alias of the user's name. */
  async customerOf(email: string): Promise<string | undefined> {
    if (email.length > LONGEST_NAME) return undefined;
    return attributeOf(await this.attributesOf(email), 'sub');
  }

  private async attributesOf(username: string): Promise<AttributeType[] | undefined> {
    try {
      const { UserAttributes } = await this.cognito.send(
        new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: username }),
      );
      return UserAttributes;
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }
}
