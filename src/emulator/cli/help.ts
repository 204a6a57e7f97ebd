import { DEFAULT_PORT } from "./options.ts";

/** `command` is how the user calls the emulator. */
export function toHelp(command: string): string {
	return `AppConfig emulator: AWS AppConfig on your machine

Usage: ${command} [COMMAND] [OPTIONS]

Commands
  serve [DIR]   Serve a directory (default: appconfig/, then examples/).
                This is the default command.
  init [DIR]    Write a sample directory (default: appconfig/), and print how to
                point SDKs, the AWS CLI, the Agent and Docker Compose at the emulator.
  deploy FILE APPLICATION/ENVIRONMENT/PROFILE
                Deploy a file to a running emulator.
  ls [DIR]      List the configurations in a directory, or with --endpoint the
                deployments of a running emulator.

Files in DIR
  APPLICATION/ENVIRONMENT/PROFILE.EXT, or APPLICATION:ENVIRONMENT:PROFILE.EXT as
  for the AppConfig Agent.
  Changing a file deploys it: the next poll of every session returns the new version.
  A file is read when it has not changed for 100 ms. While a file is empty, or a .json
  file is not valid JSON, the last valid version is served.
  Content types: .json application/json, .yaml and .yml application/x-yaml,
  .txt text/plain, .xml application/xml, others application/octet-stream.
  PROFILE.EXT.label contains the version label: 1 to 64 characters, at least one of
  them not a digit.
  appconfig.json in DIR contains labels, strategies, validators, and the types of
  profiles.

Options of serve
  --port N              Port (default: ${DEFAULT_PORT}). 0 selects a free port.
  --host HOST           Address to listen on (default: 127.0.0.1). Any address that is
                        not loopback lets others on the network change configurations.
  --allow-host NAME     Another name to accept in the Host header. Repeatable.
  --poll-interval N     Seconds between the polls of a session that requests no
                        interval (default: 60).
  --data DIR            Save what is created over the API in DIR. Only you can read DIR.
  --storage-limit SIZE  Limit for what is created over the API, on disk or in memory
                        (default: 1GB).
  --cors ORIGIN,…       Allow web pages of these origins, such as http://localhost:3000,
                        to call the emulator (default: none). Repeatable. '*' allows
                        every web page.
  --log FORMAT          pretty: a readable line per request (default at a terminal).
                        json: a JSON object per request (default otherwise).
                        events: only events of files and storage.

Stricter checks, as AWS does them
  --require-signature   Verify Signature Version 4, with the keys test / test.
  --policy FILE         Use other keys, each with its permissions.
  --throttle            Enforce the request rates of AWS.
  --access-token TOKEN  Require this token at the Agent's endpoints. Also read from the
                        environment variable ACCESS_TOKEN.

Where AWS documents no behavior (the first value is the default)
  --tokens strict|replay
                        A token is valid for one call, or for 24 hours.
  --nothing-deployed get|start
                        The call that fails for a profile without a deployment.
  --unchanged-headers octet-stream|same|none
                        Content-Type of a poll without changes.
  --variants accept|ion|json
                        Send flags with variants in Amazon Ion to clients that accept
                        it, to all clients, or to none.
  --linear-steps recorded|even
                        Steps of linear deployments: as observed at AWS, or as documented.

For tests
  --testing             Enable /_emulator/events, /_emulator/faults and /_emulator/clock.
  --scenario FILE       Inject these faults from the start. Needs --testing.

Options of deploy and ls
  --endpoint URL        The running emulator (default of deploy: http://127.0.0.1:${DEFAULT_PORT}).

Options of deploy
  --label LABEL         Label of the new version.
  --strategy NAME       Deployment strategy (default: one that completes immediately).
                        AppConfig.AllAtOnce bakes for 10 minutes, and no other deployment
                        can start in that time.
  --content-type TYPE   Content type (default: by the file's extension).

Options of init
  --port N              Port in the printed client setup (default: ${DEFAULT_PORT}).

Get started
  ${command} init                 Write a sample, print the client setup.
  ${command} --poll-interval 1    Serve it.
  curl http://127.0.0.1:${DEFAULT_PORT}/applications/shop/environments/development/configurations/settings
`;
}
