// One set of keys in the forms in which tools, languages and people write them down.

export interface Keys {
	readonly id: string;
	readonly secret: string;
	/** Of temporary keys. */
	readonly token: string;
}

type Form = (keys: Keys) => string;

const env = ({ id, secret, token }: Keys) =>
	[
		["AWS_ACCESS_KEY_ID", id],
		["AWS_SECRET_ACCESS_KEY", secret],
		["AWS_SESSION_TOKEN", token],
	] as const;
const each =
	(write: (name: string, value: string) => string, separator = "\n"): Form =>
	(keys) =>
		env(keys)
			.map(([name, value]) => write(name, value))
			.join(separator);
const camel = ({ id, secret, token }: Keys) => ({
	AccessKeyId: id,
	SecretAccessKey: secret,
	SessionToken: token,
});

export const FORMS: { readonly [name: string]: Form } = {
	"sh export": each((n, v) => `export ${n}=${v}`),
	"sh export, double quotes": each((n, v) => `export ${n}="${v}"`),
	"sh export, single quotes": each((n, v) => `export ${n}='${v}'`),
	"sh export, dollar quotes": each((n, v) => `export ${n}=$'${v}'`),
	"sh export in one line": each((n, v) => `export ${n}=${v}`, "; "),
	"sh export joined by &&": each((n, v) => `export ${n}=${v}`, " && "),
	"sh assignment, then export": each((n, v) => `${n}=${v}; export ${n}`),
	"sh, one export for all": (keys) =>
		`export ${each((n, v) => `${n}=${v}`, " ")(keys)}`,
	"sh with a prompt": each((n, v) => `$ export ${n}=${v}`),
	"sh with a long prompt": each((n, v) => `anna@box:~/shop$ export ${n}=${v}`),
	"sh continued": (keys) =>
		`export ${each((n, v) => `${n}=${v}`, " \\\n  ")(keys)}`,
	"sh function": (keys) =>
		`login() {\n${each((n, v) => `  export ${n}=${v}`)(keys)}\n}`,
	"sh -c": (keys) =>
		`bash -c "${each((n, v) => `export ${n}=${v}`, "; ")(keys)}; aws s3 ls"`,
	"sh before a command": (keys) =>
		`${each((n, v) => `${n}=${v}`, " ")(keys)} aws sts get-caller-identity`,
	"sh before a script": (keys) =>
		`${each((n, v) => `${n}=${v}`, " ")(keys)} ./deploy.sh --all`,
	"sudo env": (keys) =>
		`sudo env ${each((n, v) => `${n}=${v}`, " ")(keys)} terraform plan`,
	"declare -x": each((n, v) => `declare -x ${n}="${v}"`),
	"typeset -x": each((n, v) => `typeset -x ${n}=${v}`),
	printenv: (keys) =>
		`HOME=/home/anna\n${each((n, v) => `${n}=${v}`)(keys)}\nLANG=C`,
	csh: each((n, v) => `setenv ${n} ${v}`),
	"csh with quotes": each((n, v) => `setenv ${n} "${v}";`),
	"fish -gx": each((n, v) => `set -gx ${n} ${v}`),
	"fish -x with quotes": each((n, v) => `set -x ${n} '${v}';`),
	"fish --export": each((n, v) => `set --export --global ${n} "${v}"`),
	nushell: each((n, v) => `$env.${n} = "${v}"`),
	elvish: each((n, v) => `set E:${n} = ${v}`),
	cmd: each((n, v) => `set ${n}=${v}`, "\r\n"),
	"cmd, quotes around": each((n, v) => `set "${n}=${v}"`, "\r\n"),
	"cmd in one line": each((n, v) => `set ${n}=${v}`, "&"),
	"cmd with a prompt": each((n, v) => `C:\\Users\\anna>set ${n}=${v}`, "\r\n"),
	setx: each((n, v) => `setx ${n} ${v}`, "\r\n"),
	"setx /M": each((n, v) => `setx /M ${n} "${v}"`, "\r\n"),
	"setx with /M behind": each((n, v) => `setx ${n} "${v}" /M`, "\r\n"),
	powershell: each((n, v) => `$Env:${n}="${v}"`, "\r\n"),
	"powershell, spaces": each((n, v) => `$env:${n} = '${v}'`),
	"powershell, braces": each((n, v) => `\${env:${n}} = '${v}'`),
	"powershell, two quotes": each((n, v) => `$Env:${n}=""${v}""`),
	"powershell with a prompt": each((n, v) => `PS C:\\> $env:${n}="${v}"`),
	"powershell in one line": each((n, v) => `$env:${n}="${v}"`, "; "),
	"powershell SetEnvironmentVariable": each(
		(n, v) =>
			`[System.Environment]::SetEnvironmentVariable("${n}", "${v}", "User")`,
	),
	"powershell Set-Item": each(
		(n, v) => `Set-Item -Path env:${n} -Value "${v}"`,
	),
	"powershell Set-AWSCredential": ({ id, secret, token }) =>
		`Set-AWSCredential -AccessKey ${id} -SecretKey ${secret} -SessionToken ${token} -StoreAs dev`,
	"powershell, continued": ({ id, secret, token }) =>
		`Set-AWSCredential \`\n  -AccessKey ${id} \`\n  -SecretKey ${secret} \`\n  -SessionToken ${token}`,
	"powershell hash table": ({ id, secret, token }) =>
		`@{ AccessKey = '${id}'; SecretKey = '${secret}'; SessionToken = '${token}' }`,
	"gci env:": each((n, v) => `${n.padEnd(30)} ${v}`),
	".env": each((n, v) => `${n}=${v}`),
	".env with quotes": each((n, v) => `${n}="${v}"`),
	".env, lower case": each((n, v) => `${n.toLowerCase()}=${v}`),
	".env with comments": each((n, v) => `${n}=${v} # until tomorrow`),
	"docker -e": (keys) =>
		`docker run --rm ${each((n, v) => `-e ${n}=${v}`, " ")(keys)} amazon/aws-cli s3 ls`,
	"docker --env with quotes": (keys) =>
		`docker run ${each((n, v) => `--env "${n}=${v}"`, " \\\n  ")(keys)} \\\n  shop`,
	Dockerfile: each((n, v) => `ENV ${n} ${v}`),
	"Dockerfile with =": each((n, v) => `ENV ${n}="${v}"`),
	"compose list": (keys) =>
		`services:\n  web:\n    environment:\n${each((n, v) => `      - ${n}=${v}`)(keys)}\n    ports:\n      - "80:80"`,
	"compose map": (keys) =>
		`services:\n  web:\n    environment:\n${each((n, v) => `      ${n}: ${v}`)(keys)}`,
	kubernetes: (keys) =>
		`      env:\n${each((n, v) => `        - name: ${n}\n          value: "${v}"`)(keys)}`,
	"github actions": (keys) =>
		`    - uses: aws-actions/configure-aws-credentials@v4\n      with:\n        aws-access-key-id: ${keys.id}\n        aws-secret-access-key: ${keys.secret}\n        aws-session-token: ${keys.token}`,
	ini: (keys) =>
		`[dev]\n${each((n, v) => `${n.toLowerCase()} = ${v}`)(keys)}\nregion = eu-west-1`,
	"ini without spaces": (keys) =>
		`[dev]\n${each((n, v) => `${n.toLowerCase()}=${v}`)(keys)}`,
	"ini with comments": (keys) =>
		`; keys\n[dev]\n${each((n, v) => `${n.toLowerCase()} = ${v} ; mine`)(keys)}`,
	"ini, other section before": (keys) =>
		`[sso-session work]\nsso_region = eu-west-1\n\n[dev]\n${each((n, v) => `${n.toLowerCase()} = ${v}`)(keys)}`,
	"aws configure set": each(
		(n, v) => `aws configure set ${n.toLowerCase()} ${v} --profile dev`,
	),
	"aws configure": ({ id, secret, token }) =>
		`$ aws configure\nAWS Access Key ID [None]: ${id}\nAWS Secret Access Key [****************abcd]: ${secret}\nDefault region name [None]: eu-west-1\naws_session_token = ${token}\n`,
	"process JSON": (keys) => JSON.stringify({ Version: 1, ...camel(keys) }),
	"JSON, indented": (keys) =>
		JSON.stringify({ Credentials: camel(keys) }, null, 4),
	"JSON in a log line": (keys) =>
		`2030-01-01T00:00:00Z INFO got ${JSON.stringify(camel(keys))} from sts`,
	"JSON after a prompt": (keys) =>
		`$ aws sts get-session-token\n${JSON.stringify({ Credentials: camel(keys) }, null, 4)}\n$ `,
	"JSON as a text in JSON": (keys) =>
		JSON.stringify({ Name: "keys", SecretString: JSON.stringify(camel(keys)) }),
	"JSON in a shell variable": (keys) =>
		`CREDS='${JSON.stringify(camel(keys))}'`,
	"JSON with escaped slashes": (keys) =>
		JSON.stringify(camel(keys)).replaceAll("/", "\\/"),
	"JSON with a comma too many": (keys) =>
		`${JSON.stringify(camel(keys), null, 2).slice(0, -2)},\n}`,
	"JSON with comments": (keys) =>
		`{\n  // of Anna\n${JSON.stringify(camel(keys), null, 2).slice(2)}`,
	"JSON members alone": (keys) =>
		JSON.stringify(camel(keys), null, 4).slice(2, -2),
	"JSON of environment variables": (keys) =>
		JSON.stringify({ env: Object.fromEntries(env(keys)) }),
	"container definition": (keys) =>
		JSON.stringify({
			environment: env(keys).map(([name, value]) => ({ name, value })),
		}),
	"docker inspect": (keys) =>
		JSON.stringify({
			Config: { Env: env(keys).map((each) => each.join("=")) },
		}),
	"cli cache": (keys) =>
		JSON.stringify({ ProviderType: "sso", Credentials: camel(keys) }),
	"python dict": ({ id, secret, token }) =>
		`{'Credentials': {'AccessKeyId': '${id}', 'SecretAccessKey': '${secret}', 'SessionToken': '${token}', 'Expiration': datetime.datetime(2031, 3, 9, 10, 11, tzinfo=tzutc())}}`,
	"python arguments": ({ id, secret, token }) =>
		`boto3.client(\n    "s3",\n    aws_access_key_id="${id}",\n    aws_secret_access_key="${secret}",\n    aws_session_token="${token}",\n)`,
	"python environ": each((n, v) => `os.environ["${n}"] = "${v}"`),
	"ruby environ": each((n, v) => `ENV['${n}'] = '${v}'`),
	"ruby hash": ({ id, secret, token }) =>
		`Aws::S3::Client.new(access_key_id: '${id}', secret_access_key: '${secret}', session_token: '${token}')`,
	"ruby rockets": ({ id, secret, token }) =>
		`{ "access_key_id" => "${id}", "secret_access_key" => "${secret}", "session_token" => "${token}" }`,
	javascript: ({ id, secret, token }) =>
		`credentials: { accessKeyId: "${id}", secretAccessKey: "${secret}", sessionToken: "${token}" }`,
	"node environ": each((n, v) => `process.env.${n} = '${v}';`),
	"java properties": ({ id, secret, token }) =>
		`aws.accessKeyId=${id}\naws.secretAccessKey=${secret}\naws.sessionToken=${token}`,
	"java arguments": ({ id, secret, token }) =>
		`java -Daws.accessKeyId=${id} -Daws.secretAccessKey=${secret} -Daws.sessionToken=${token} -jar shop.jar`,
	spring: ({ id, secret, token }) =>
		`spring.cloud.aws.credentials.access-key=${id}\nspring.cloud.aws.credentials.secret-key=${secret}\nspring.cloud.aws.credentials.session-token=${token}`,
	hadoop: ({ id, secret, token }) =>
		`fs.s3a.access.key=${id}\nfs.s3a.secret.key=${secret}\nfs.s3a.session.token=${token}`,
	terraform: ({ id, secret, token }) =>
		`provider "aws" {\n  region = "eu-west-1"\n  access_key = "${id}"\n  secret_key = "${secret}"\n  token = "${token}"\n  default_tags {\n    tags = { a = "b" }\n  }\n}`,
	"terraform variables": ({ id, secret, token }) =>
		`export TF_VAR_access_key=${id}\nexport TF_VAR_secret_key=${secret}\nexport TF_VAR_session_token=${token}`,
	"command line flags": ({ id, secret, token }) =>
		`tool login --access-key-id ${id} --secret-access-key=${secret} --session-token "${token}" --region eu-west-1`,
	"yaml of sts": ({ id, secret, token }) =>
		`AssumedRoleUser:\n  Arn: arn:aws:sts::111122223333:assumed-role/r/s\nCredentials:\n  AccessKeyId: ${id}\n  SecretAccessKey: ${secret}\n  SessionToken: ${token}\n`,
	"yaml with quotes and comments": ({ id, secret, token }) =>
		`dev: # mine\n  access_key_id: "${id}" # id\n  secret_access_key: '${secret}'\n  session_token: "${token}"\n`,
	"text of sts": ({ id, secret, token }) =>
		`ASSUMEDROLEUSER\tarn:aws:sts::1:assumed-role/a/b\tAROA:b\nCREDENTIALS\t${id}\t2031-03-09T10:11:12+00:00\t${secret}\t${token}\n`,
	"table of sts": ({ id, secret, token }) =>
		`-----\n|  AssumeRole  |\n+----+----+\n||  AccessKeyId  |  ${id}  ||\n||  SecretAccessKey  |  ${secret}  ||\n||  SessionToken  |  ${token}  ||\n+----+----+`,
	"xml of sts": ({ id, secret, token }) =>
		`<?xml version="1.0"?>\n<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Credentials>\n    <AccessKeyId>${id}</AccessKeyId>\n    <SecretAccessKey>${secret}</SecretAccessKey>\n    <SessionToken>\n${token}\n</SessionToken>\n  </Credentials>\n</AssumeRoleResponse>`,
	"xml, escaped": ({ id, secret, token }) =>
		`<c><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret.replaceAll("/", "&#47;").replaceAll("+", "&#x2B;")}</SecretAccessKey><SessionToken><![CDATA[${token}]]></SessionToken></c>`,
	"run configuration": (keys) =>
		`<envs>\n${each((n, v) => `<env name="${n}" value="${v}" />`)(keys)}\n</envs>`,
	"app.config": ({ id, secret, token }) =>
		`<appSettings><add key="AWSAccessKey" value="${id}"/><add key="AWSSecretKey" value="${secret}"/><add key="AWSSessionToken" value="${token}"/></appSettings>`,
	csv: ({ id, secret, token }) =>
		`Access key ID,Secret access key,Session token\n${id},${secret},${token}\n`,
	"csv with quotes": ({ id, secret, token }) =>
		`"User name","Access key ID","Secret access key","Session token"\r\n"Anna, B.","${id}","${secret}","${token}"\r\n`,
	tsv: ({ id, secret, token }) =>
		`Access key\tSecret access key\tSession token\n${id}\t${secret}\t${token}`,
	"names and values": ({ id, secret, token }) =>
		`Access key ID: ${id}\nSecret access key: ${secret}\nSession token: ${token}\n`,
	"names above values": ({ id, secret, token }) =>
		`Access key ID\n${id}\n\nSecret access key\n${secret}\n\nSession token\n${token}\n`,
	"a list of Markdown": ({ id, secret, token }) =>
		`- Access key ID: \`${id}\`\n- Secret access key: \`${secret}\`\n- Session token: \`${token}\`\n`,
	"a quoted mail": each((n, v) => `> export ${n}=${v}`),
	"smart quotes": each((n, v) => `export ${n}=“${v}”`),
	"smart single quotes": each((n, v) => `export ${n}=‘${v}’`),
	"hard spaces": each((n, v) => `export\u00A0${n}\u00A0=\u00A0"${v}"`),
	"1Password's JSON": (keys) =>
		JSON.stringify({
			title: "AWS",
			fields: env(keys).map(([name, value]) => ({
				type: "CONCEALED",
				label: name.slice(4).toLowerCase().replaceAll("_", " "),
				value,
			})),
		}),
	"terraform output -json": ({ id, secret, token }) =>
		JSON.stringify(
			{
				access_key_id: { sensitive: false, type: "string", value: id },
				secret_access_key: { sensitive: true, type: "string", value: secret },
				session_token: { sensitive: true, type: "string", value: token },
			},
			null,
			2,
		),
	"a Secret of Kubernetes": (keys) =>
		`apiVersion: v1\ndata:\n${each((n, v) => `  ${n}: ${btoa(v)}`)(keys)}\nkind: Secret\n`,
	"a Secret of Kubernetes in JSON": (keys) =>
		JSON.stringify({
			kind: "Secret",
			data: Object.fromEntries(env(keys).map(([n, v]) => [n, btoa(`${v}\n`)])),
		}),
	"a list of YAML": (keys) =>
		`environment:\n${each((n, v) => `  - ${n}: ${v}`)(keys)}\n`,
	"a fenced block of a chat": (keys) =>
		`\`\`\`${each((n, v) => `export ${n}=${v}`)(keys)}\`\`\``,
	"characters without width": each((n, v) => `${n}=\u200B${v}\u200B`),
	"colours of a terminal": each((n, v) => `\u001B[1;32m${n}\u001B[0m=${v}`),
	"bold names": each((n, v) => `**${n}:** ${v}`),
	"wide signs": each((n, v) => `${n}：${v}`),
	guillemets: each((n, v) => `${n} = «${v}»`),
	Makefile: each((n, v) => `${n} ?= ${v}`),
	"elvish set-env": each((n, v) => `set-env ${n} ${v}`),
	"JSON in a JSON text": (keys) =>
		JSON.stringify(JSON.stringify(camel(keys))).slice(1, -1),
	"three values": ({ id, secret, token }) => `${id}\n${secret}\n${token}`,
	"three values in a line": ({ id, secret, token }) =>
		`${id} ${secret} ${token}`,
};
