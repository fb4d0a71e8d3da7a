interface Pool {
  endpoint: string;
  userPoolClientId: string;
}

/** The access token of a demo user. */
export async function initiateAuth(
  { endpoint, userPoolClientId }: Pool,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: userPoolClientId,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  });
  if (!answer.ok) throw new Error(`Sign-in of ${email}: ${answer.status} ${await answer.text()}`);
  const { AuthenticationResult } = (await answer.json()) as {
    AuthenticationResult: { AccessToken: string };
  };
  return AuthenticationResult.AccessToken;
}
