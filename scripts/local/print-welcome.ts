import type { RunningStack } from './running-stack';

/** URLs, log-in and commands that work when pasted one after the other into one shell. */
export function welcome(stack: RunningStack): string {
  const customer = stack.users.find(({ role }) => role === 'customer');
  const signIn = JSON.stringify({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: stack.userPoolClientId,
    AuthParameters: { USERNAME: customer?.email, PASSWORD: customer?.password },
  });
  return `
  API       ${stack.apiUrl}
  sandbox   ${stack.sandboxUrl}   (the payment provider's ledger: /charges?reference=<order id>)
  mails     ${stack.endpoint}/_ministack/ses/messages
  log-in    ${stack.users.map(({ email, password, role }) => `${email} / ${password} (${role})`).join('\n            ')}

  Paste these:

# 1. sign in
TOKEN=$(curl -s ${stack.endpoint} -H 'content-type: application/x-amz-json-1.1' \\
  -H 'x-amz-target: AWSCognitoIdentityProviderService.InitiateAuth' \\
  -d '${signIn}' | grep -o '"AccessToken": *"[^"]*"' | cut -d'"' -f4)

# 2. the products
curl -s '${stack.apiUrl}/products?limit=5'

# 3. order two of the first one (try tok_declined too)
PRODUCT=$(curl -s '${stack.apiUrl}/products?limit=1' | grep -o '"id": *"[^"]*"' | head -1 | cut -d'"' -f4)
ORDER=$(curl -s ${stack.apiUrl}/orders -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
  -H "idempotency-key: pasted-$(date +%s)-$$-order" \\
  -d '{"items":[{"productId":"'$PRODUCT'","quantity":2}],"payment":{"token":"tok_visa"}}' \\
  | grep -o '"id": *"[^"]*"' | head -1 | cut -d'"' -f4); echo $ORDER

# 4. a second later: CONFIRMED
curl -s ${stack.apiUrl}/orders/$ORDER -H "authorization: Bearer $TOKEN"

# what the examples of the READMEs use: API, TOKEN, STAFF, SOCKET and more
eval "$(npm run --silent local:env)"

# any function in a process of your own, against this stack
npx serverless invoke local -f createOrder -p events/samples/orders/createOrder.http.json --stage local
`;
}
