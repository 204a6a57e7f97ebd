import { describe, expect, it } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import { EMPTY_CONNECTION_FORM } from "../../../src/core/connection/connection-form.ts";
import { parseConnection } from "../../../src/core/connection/parse-connection.ts";

function parse(arn: string, roleRegion: string) {
	const form = { ...EMPTY_CONNECTION_FORM, roleArn: arn, roleRegion };
	return parseConnection(form, "c" as ConnectionId);
}

describe("the Region of a role", () => {
	it.each([
		["arn:aws:iam::123456789012:role/Read", ""],
		["arn:aws:iam::123456789012:role/Read", "eu-west-1"],
		["arn:aws-cn:iam::123456789012:role/Read", "cn-north-1"],
		["arn:aws-us-gov:iam::123456789012:role/Read", "us-gov-west-1"],
	])("%s with %j is taken", (arn, region) => {
		expect(parse(arn, region)).toMatchObject({ ok: true });
	});

	it.each([
		["arn:aws-cn:iam::123456789012:role/Read", ""],
		["arn:aws-cn:iam::123456789012:role/Read", "eu-west-1"],
		["arn:aws:iam::123456789012:role/Read", "cn-north-1"],
		["arn:aws-us-gov:iam::123456789012:role/Read", "us-east-1"],
	])(
		"%s with %j would send keys to another partition, and is told",
		(arn, region) => {
			expect(parse(arn, region)).toEqual({
				ok: false,
				error: {
					roleRegion: `The role is in the partition ${arn.split(":")[1]}: write a Region of that partition.`,
				},
			});
		},
	);
});
