import { demoToken } from './demo-token';
import { run } from './problem';
import { readRunningStack } from './running-stack';

const MUG = 'prd_01KA000008ENAME1MVG0000000';

/** A member of the JSON on standard input, by its path. */
const PICK = `
pick() { node -e '
  let text = "";
  process.stdin.on("data", (chunk) => { text += chunk; }).on("end", () => {
    const found = process.argv[1].split(".").reduce((value, name) => value?.[name], JSON.parse(text));
    console.log(typeof found === "string" ? found : JSON.stringify(found));
  });' "$1"; }`;

/** The words of the newest mail to an address. */
const LAST_MAIL = `
last_mail() { curl -s "$COGNITO/_ministack/ses/messages" | node -e '
  let text = "";
  process.stdin.on("data", (chunk) => { text += chunk; }).on("end", () => {
    const mails = Object.values(JSON.parse(text).messages).flat().filter(({ To }) => To.includes(process.argv[1]));
    console.log(mails.at(-1)?.BodyText ?? "no mail yet");
  });' "$1"; }`;

/** `eval "$(npm run --silent local:env)"`: the running stack's addresses, two tokens and three helpers, for a shell. */
void run(async () => {
  const stack = await readRunningStack();
  const [customer, staff] = await Promise.all([demoToken(stack, 'customer'), demoToken(stack, 'staff')]);
  const values = {
    API: stack.apiUrl,
    SOCKET: stack.webSocketUrl ?? '',
    SANDBOX: stack.sandboxUrl,
    COGNITO: stack.endpoint,
    CLIENT: stack.userPoolClientId,
    TOKEN: customer,
    STAFF: staff,
    MUG,
  };
  for (const [name, value] of Object.entries(values)) console.log(`export ${name}='${value}'`);
  console.log(`key() { node -p '"idempotency-key: " + crypto.randomUUID()'; }${PICK}${LAST_MAIL}`);
  return 0;
});
