export interface AccountsOptions {
  /** `https://cognito-idp.<region>.amazonaws.com`, or the local AWS. */
  endpoint: string;
  userPoolClientId: string;
  fetch?: typeof fetch;
}

export interface Tokens {
  accessToken: string;
  idToken: string;
  refreshToken: string;
  /** Seconds that the access token is good for. */
  expiresIn: number;
}

/** The password was right; a code of the authenticator app is asked for as well. */
export interface MfaChallenge {
  email: string;
  session: string;
}

export type SignIn = { tokens: Tokens } | { challenge: MfaChallenge };

/** A refusal of Cognito by its own name, such as `NotAuthorizedException` or `CodeMismatchException`. */
export class AccountError extends Error {
  override name = 'AccountError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Result {
  AuthenticationResult?: { AccessToken: string; IdToken: string; RefreshToken?: string; ExpiresIn: number };
  ChallengeName?: string;
  Session?: string;
  SecretCode?: string;
  Status?: string;
  __type?: string;
  message?: string;
}

const tokensOf = (result: Result, refreshToken = ''): Tokens => {
  const given = result.AuthenticationResult;
  if (!given) throw new AccountError('ChallengeUnknown', `Cognito asks for ${result.ChallengeName}`);
  return {
    accessToken: given.AccessToken,
    idToken: given.IdToken,
    refreshToken: given.RefreshToken ?? refreshToken,
    expiresIn: given.ExpiresIn,
  };
};

type Cognito = (operation: string, body: object) => Promise<Result>;

/** One call of Cognito's own API, which needs no signature for any of these. */
const cognitoAt =
  ({ endpoint, fetch: send = fetch }: AccountsOptions): Cognito =>
  async (operation, body) => {
    const answer = await send(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as Result;
    if (answer.ok) return result;
    throw new AccountError(
      result.__type?.split('#').at(-1) ?? `Http${answer.status}`,
      result.message ?? `${operation} was refused`,
    );
  };

/** Signing up and in. What the account holds is the API's (`GET /me`, `PATCH /me`). */
export function accounts(options: AccountsOptions) {
  const call = cognitoAt(options);
  const ClientId = options.userPoolClientId;
  return {
    /** A code goes to the address. @throws AccountError UsernameExistsException, InvalidPasswordException */
    async signUp({ email, password }: { email: string; password: string }): Promise<void> {
      const UserAttributes = [{ Name: 'email', Value: email }];
      await call('SignUp', { ClientId, Username: email, Password: password, UserAttributes });
    },
    async confirmSignUp({ email, code }: { email: string; code: string }): Promise<void> {
      await call('ConfirmSignUp', { ClientId, Username: email, ConfirmationCode: code });
    },
    async resendCode(email: string): Promise<void> {
      await call('ResendConfirmationCode', { ClientId, Username: email });
    },
    /** @throws AccountError NotAuthorizedException for a wrong password and for an address that nobody has */
    async signIn({ email, password }: { email: string; password: string }): Promise<SignIn> {
      const AuthParameters = { USERNAME: email, PASSWORD: password };
      const result = await call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
      if (result.ChallengeName !== 'SOFTWARE_TOKEN_MFA') return { tokens: tokensOf(result) };
      return { challenge: { email, session: result.Session ?? '' } };
    },
    async answerChallenge({ email, session }: MfaChallenge, code: string): Promise<Tokens> {
      return tokensOf(
        await call('RespondToAuthChallenge', {
          ClientId,
          ChallengeName: 'SOFTWARE_TOKEN_MFA',
          Session: session,
          ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code },
        }),
      );
    },
    async refresh(refreshToken: string): Promise<Tokens> {
      const AuthParameters = { REFRESH_TOKEN: refreshToken };
      const result = await call('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });
      return tokensOf(result, refreshToken);
    },
    /** Ends this session: no fresh tokens of it. An access token under way is good until it expires. */
    async signOut({ refreshToken }: Pick<Tokens, 'refreshToken'>): Promise<void> {
      await call('RevokeToken', { ClientId, Token: refreshToken });
    },
    /** Ends every session of the account. */
    async signOutEverywhere({ accessToken }: Pick<Tokens, 'accessToken'>): Promise<void> {
      await call('GlobalSignOut', { AccessToken: accessToken });
    },
    /** A code goes to the address if there is an account; the answer is the same if there is none. */
    async forgotPassword(email: string): Promise<void> {
      await call('ForgotPassword', { ClientId, Username: email });
    },
    async confirmForgotPassword({
      email,
      code,
      password,
    }: {
      email: string;
      code: string;
      password: string;
    }): Promise<void> {
      await call('ConfirmForgotPassword', {
        ClientId,
        Username: email,
        ConfirmationCode: code,
        Password: password,
      });
    },
    /** The secret for an authenticator app, in base 32. Nothing is asked of it until `confirmTotp`. */
    async beginTotp({ accessToken }: Pick<Tokens, 'accessToken'>): Promise<{ secret: string }> {
      const { SecretCode = '' } = await call('AssociateSoftwareToken', { AccessToken: accessToken });
      return { secret: SecretCode };
    },
    /** The app's first code shows that it has the secret; from then on each sign-in asks for one. */
    async confirmTotp({ accessToken }: Pick<Tokens, 'accessToken'>, code: string): Promise<void> {
      await call('VerifySoftwareToken', { AccessToken: accessToken, UserCode: code });
      const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
      await call('SetUserMFAPreference', { AccessToken: accessToken, SoftwareTokenMfaSettings });
    },
    async endTotp({ accessToken }: Pick<Tokens, 'accessToken'>): Promise<void> {
      const SoftwareTokenMfaSettings = { Enabled: false, PreferredMfa: false };
      await call('SetUserMFAPreference', { AccessToken: accessToken, SoftwareTokenMfaSettings });
    },
  };
}
