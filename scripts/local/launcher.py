"""Runs MiniStack 1.5.33 as the local AWS of one folder, with ten fixes, each for a loss that was seen.

Environment: GATEWAY_PORT, BIND_HOST, STATE_DIR and the rest as MiniStack documents them, and
ORDERLY_PROCESS_FILE, where this process writes who it is once nobody else uses the same STATE_DIR, and
ORDERLY_MOST_FUNCTIONS, how many functions the memory holds at once.
Exit codes: 0 stopped and saved, 75 another process uses STATE_DIR.
"""

import asyncio
import copy
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

STATE_DIR = os.environ["STATE_DIR"]
SAVING_DIR = f"{STATE_DIR}.saving"
COMPLETE = os.path.join(SAVING_DIR, "COMPLETE")
SAVE_PATH = "/_orderly/save"
STOP_LIMIT_SECONDS = 5
LEAVING_SECONDS = 4
REQUEST_WAITS_SECONDS = 1
TASK_WAITS_SECONDS = 10
TRIES = 5


def hold_state_dir():
    """Kept open for the life of the process; the kernel lets go of it however the process ends."""
    lock = open(f"{STATE_DIR}.lock", "a")
    give_up = time.monotonic() + LEAVING_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except OSError:
            # One that has just ended holds it until the last of its threads is gone, a while on a busy machine.
            if time.monotonic() > give_up:
                print(f"Another process uses {STATE_DIR}.", file=sys.stderr)
                sys.exit(75)
            time.sleep(0.05)


def started():
    """The birth mark of this process, the same text as process-id.ts makes."""
    if sys.platform == "linux":
        with open("/proc/self/stat") as stat, open("/proc/sys/kernel/random/boot_id") as boot:
            return f"{boot.read().strip()}:{stat.read().rsplit(')', 1)[1].split()[19]}"
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.check_output(["ps", "-o", "lstart=", "-p", str(os.getpid())], text=True, env=env).strip()


def write_process_file():
    path = os.environ["ORDERLY_PROCESS_FILE"]
    with open(f"{path}.new", "w") as file:
        json.dump({"pid": os.getpid(), "started": started(), "port": int(os.environ["GATEWAY_PORT"])}, file)
    os.replace(f"{path}.new", path)


def apply_saved():
    """Ends a save that was interrupted after it was complete; one that was not leaves the last one as it was."""
    if os.path.exists(COMPLETE):
        for name in os.listdir(SAVING_DIR):
            if name.endswith(".json"):
                os.replace(os.path.join(SAVING_DIR, name), os.path.join(STATE_DIR, name))
    shutil.rmtree(SAVING_DIR, ignore_errors=True)


def move_to_port(port):
    """The saved URLs of queues and the like name the port of their time; on another one no queue was polled."""
    kept = os.path.join(STATE_DIR, "PORT")
    old = open(kept).read() if os.path.exists(kept) else port
    for name in os.listdir(STATE_DIR) if old != port else []:
        if name.endswith(".json"):
            path = os.path.join(STATE_DIR, name)
            with open(path) as file:
                text = file.read()
            with open(f"{path}.new", "w") as file:
                file.write(text.replace(f"http://127.0.0.1:{old}/", f"http://127.0.0.1:{port}/"))
            os.replace(f"{path}.new", path)
    with open(kept, "w") as file:
        file.write(port)


os.makedirs(STATE_DIR, exist_ok=True)
state_lock = hold_state_dir()
write_process_file()
apply_saved()
move_to_port(os.environ["GATEWAY_PORT"])
# What the workers of functions unpacked; a process that was killed leaves it behind.
shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
os.makedirs(os.environ["TMPDIR"])
if not any(name.endswith(".json") for name in os.listdir(STATE_DIR)):
    # Objects are stored at once, everything else at a save: without one they belong to a stack that is gone.
    shutil.rmtree(os.environ["S3_DATA_DIR"], ignore_errors=True)

from hypercorn.asyncio import serve  # noqa: E402
from hypercorn.config import Config  # noqa: E402
from ministack import app  # noqa: E402
from ministack.core import iam_actions, persistence  # noqa: E402
from ministack.services import cognito, dynamodb, lambda_svc  # noqa: E402
from ministack.services.cloudformation import _stacks, provisioners  # noqa: E402

# 1. An unchanged resource of a nested stack loses its attributes when that stack is updated
#    ("Requested attribute Arn does not exist in schema for AWS::IAM::Role").
update = provisioners._update_resource


def update_resource(type_, physical_id, old, new, stack_name, logical_id=None, old_attrs=None):
    if old_attrs is None:
        old_attrs = _stacks.get(stack_name, {}).get("_resources", {}).get(logical_id, {}).get("Attributes")
    return update(type_, physical_id, old, new, stack_name, logical_id, old_attrs)


provisioners._update_resource = update_resource

# 2. A restart keeps the position of a stream's reader but not the stream's records: of 15 records written
#    after a restart none arrived.
get_state, load_state = dynamodb.get_state, dynamodb.load_persisted_state


def get_state_with_streams():
    return {
        **get_state(),
        "stream_records": copy.deepcopy(dynamodb._stream_records),
        "stream_trimmed": copy.deepcopy(dynamodb._stream_trimmed),
        "stream_seq": dynamodb._stream_seq_counter,
    }


def load_state_with_streams(data):
    load_state(data)
    if data:
        dynamodb._stream_records.update(data.get("stream_records", {}))
        dynamodb._stream_trimmed.update(data.get("stream_trimmed", {}))
        dynamodb._stream_seq_counter = data.get("stream_seq", 0)


dynamodb.get_state, dynamodb.load_persisted_state = get_state_with_streams, load_state_with_streams

# 3. AWS has no right of its own for the batch calls of SNS and SQS: sns:Publish covers PublishBatch
#    (https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html).
BATCH_RIGHTS = {
    "sns:PublishBatch": "sns:Publish",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}
extract_iam_action = iam_actions.extract_iam_action


def extract_right(*args):
    action = extract_iam_action(*args)
    return BATCH_RIGHTS.get(action, action)


iam_actions.extract_iam_action = extract_right

# 4. A save writes 20 files one after the other over the last ones; killed between two of them, it leaves tables
#    without their stack. Here all are written beside the last save and then moved (see apply_saved).
#    A service whose dictionaries change while they are copied was left out; it is asked again.
prune_code = lambda_svc._prune_orphan_code_blobs


def state_of(name, get):
    for attempt in range(1, TRIES + 1):
        try:
            return get()
        except RuntimeError:
            if attempt == TRIES:
                raise
            persistence.logger.warning("Copying %s again: it changed meanwhile", name)


def save_all(services):
    shutil.rmtree(SAVING_DIR, ignore_errors=True)
    os.makedirs(SAVING_DIR)
    code = set()
    lambda_svc._prune_orphan_code_blobs = code.update
    persistence.STATE_DIR = SAVING_DIR
    try:
        for name, get in services.items():
            state = state_of(name, get)
            if state is not None:
                persistence.save_state(name, state)
    finally:
        persistence.STATE_DIR = STATE_DIR
        lambda_svc._prune_orphan_code_blobs = prune_code
    open(COMPLETE, "w").close()
    apply_saved()
    if code:
        prune_code(code)


app.save_all = save_all


# 5. SES v2 SendEmail is authorised against `*` instead of the sender's identity: no exact ARN ever allows it.
ses_resource = iam_actions._ses_v2_resource_arn


def sending_identity(method, path, body, region, account_id):
    if path.rstrip("/") != "/v2/email/outbound-emails":
        return ses_resource(method, path, body, region, account_id)
    sender = iam_actions._safe_json_field(body, "FromEmailAddress")
    return f"arn:aws:ses:{region}:{account_id}:identity/{sender}" if sender else "*"


iam_actions._ses_v2_resource_arn = sending_identity


# 6. Where AWS has room for a thousand functions at once, LAMBDA_ACCOUNT_CONCURRENCY lets a few per core run and refuses
#    the rest at once: of 50 orders at a time, payments failed with 429 and were parked. Here they wait for room. A request
#    may come from a function that holds room itself, so it waits briefly and is then let in, as memory allows.
acquire = lambda_svc._acquire_execution_slot
MOST_FUNCTIONS = int(os.environ["ORDERLY_MOST_FUNCTIONS"])


def acquire_or_wait(function, config):
    thread = threading.current_thread()
    is_request = thread.name.startswith("ministack-")
    give_up = time.monotonic() + (REQUEST_WAITS_SECONDS if is_request else TASK_WAITS_SECONDS)
    # One thread polls all queues and streams and comes back by itself.
    may_wait = thread is not threading.main_thread() and "_poll_loop" not in thread.name
    while True:
        slot, limit = acquire(function, config)
        if slot is not None or limit != "account" or not may_wait:
            return slot, limit
        if time.monotonic() > give_up:
            return let_in(config) if is_request else (slot, limit)
        time.sleep(0.02)


def let_in(config):
    with lambda_svc._inflight_lock:
        if lambda_svc._inflight_total >= MOST_FUNCTIONS:
            return None, "account"
        key = lambda_svc._inflight_key(config)
        lambda_svc._inflight[key] = lambda_svc._inflight.get(key, 0) + 1
        lambda_svc._inflight_total += 1
    return key, None


lambda_svc._acquire_execution_slot = acquire_or_wait

# 7. A function without room reached Step Functions as Lambda.Unknown, which on AWS is a time-out or a lack of memory: a saga
#    that retries both alike is wrong on AWS, one that does not failed here. The name is AWS's:
#    https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
throttle_response = lambda_svc._throttle_response


def named_throttle(*args, **kwargs):
    answer = throttle_response(*args, **kwargs)
    answer["body"]["errorType"] = "Lambda.TooManyRequestsException"
    return answer


lambda_svc._throttle_response = named_throttle

# 8. Showing the code of a mail proves the address, for which Cognito sets email_verified where the pool verifies by mail
#    (https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html); here it stayed unset,
#    and whoever had signed up got none of the orders they had placed as a guest.
confirm_sign_up = cognito._confirm_sign_up


def confirm_address(data):
    answer = confirm_sign_up(data)
    if answer[0] == 200:
        pool, _ = cognito._pool_for_client(data.get("ClientId"))
        user, _ = cognito._resolve_user(pool, data.get("Username"))
        if "email" in pool.get("AutoVerifiedAttributes", []):
            proven = [{"Name": "email_verified", "Value": "true"}]
            user["Attributes"] = cognito._merge_attributes(user["Attributes"], proven)
    return answer


cognito._confirm_sign_up = confirm_address


async def with_save(scope, receive, send):
    """POST /_orderly/save keeps the present state, so that a crash later costs no new deployment."""
    if scope["type"] != "http" or scope["path"] != SAVE_PATH or scope["method"] != "POST":
        return await app.app(scope, receive, send)
    save_all(app._build_persistence_save_dict())
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def leave():
    # 9. The workers of the functions, all in this process's own group, must not outlive it.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.getpgid(0) == os.getpid():
        os.killpg(os.getpid(), signal.SIGTERM)
    # The executor's threads would be waited for, each up to its function's time-out.
    os._exit(0)


async def main():
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    serving = asyncio.create_task(serve(with_save, config, shutdown_trigger=stop.wait))
    await asyncio.wait({serving, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    # 10. The server waits for a function that is at work, up to its time-out, before anything is saved.
    await asyncio.wait({serving}, timeout=STOP_LIMIT_SECONDS)
    if serving.done():
        serving.result()
    else:
        save_all(app._build_persistence_save_dict())
    leave()


asyncio.run(main())
