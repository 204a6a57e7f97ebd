import { DEFAULT_PORT } from "./options.ts";

/** `command`: how the emulator was called. */
export function toHelp(command: string): string {
	return `AppConfig emulator: AWS AppConfig on your machine

Usage: ${command} [COMMAND] [options]

  serve [DIR]   serve a directory (appconfig/ or examples/ unless given); "serve" may
                be left out
  init [DIR]    write a sample directory, and print what to paste into clients
  deploy FILE APPLICATION/ENVIRONMENT/PROFILE
                deploy a file to a running emulator
  ls [DIR]      what is there; with --endpoint, what is running

DIR holds   <application>/<environment>/<profile>.<ext>
or the flat names of the AppConfig Agent   application:environment:profile.<ext>
A changed file is a deployment: the next poll of every session brings it.
A file is read once it has stayed the same for 100 ms; an empty file, or a .json
file that does not parse, is taken for half-written: the last good version stays.

Content types   json application/json · yaml, yml application/x-yaml
                txt text/plain · xml application/xml · else application/octet-stream
Version labels  a file beside it, <profile>.<ext>.label, holds the label:
                1–64 characters, at least one of them not a digit
appconfig.json  in DIR: labels, strategies, validators, feature flags as authored

Serving
  --port N             ${DEFAULT_PORT} unless given; 0 takes any free port
  --host H             127.0.0.1 unless given; any other than loopback opens it to the
                       network, where everyone may change configurations
  --allow-host NAME    another name that may stand in the Host header; repeatable
  --poll-interval N    seconds between polls for sessions that ask for none (60)
  --data DIR           keep what is made over the API; only you may read DIR
  --storage-limit SIZE most of that to store, on disk or in memory (1GB)
  --cors ORIGIN,…      let pages of these origins call it, as http://localhost:3000;
                       repeatable; '*' lets every web page. None may unless given
  --log pretty|json|events   a line per request to read (at a terminal), as JSON
                       (otherwise), or only what happens to files and to storage
As strict as AWS
  --require-signature  verify Signature Version 4; keys are test / test
  --policy FILE        other keys, and what each of them may do
  --throttle           refuse what exceeds the service's request rates
  --access-token T     asked of callers of the Agent's endpoints (or ACCESS_TOKEN)
Where AWS is not documented (the first is the default)
  --tokens strict|replay                a token is good for one call, or for its life
  --nothing-deployed get|start          where a profile without a deployment is refused
  --unchanged-headers octet-stream|same|none   on an unchanged poll
  --variants accept|ion|json            flags with variants go as Ion to callers
                                        that accept it, to all, or to nobody
  --linear-steps recorded|even          when a linear deployment grows
For tests
  --testing            /_emulator/events, /_emulator/faults, /_emulator/clock
  --scenario FILE      faults to start with
deploy and ls
  --endpoint URL       of the running emulator (deploy: http://127.0.0.1:${DEFAULT_PORT})
deploy
  --label L            of the new version
  --strategy NAME      unless given, one that is complete at once; AppConfig.AllAtOnce
                       bakes for 10 minutes, in which no other can start
  --content-type T     by the file's extension unless given
init
  --port N             that the lines to paste are to name

Begin here
  ${command} init                 a sample, and what to paste into clients
  ${command} --poll-interval 1    serve it
  curl http://127.0.0.1:${DEFAULT_PORT}/applications/shop/environments/development/configurations/settings
`;
}
