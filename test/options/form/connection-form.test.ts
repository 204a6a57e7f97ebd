import { describe, expect, it } from "vitest";
import {
	EMPTY_CONNECTION_FORM,
	parseConnectionForm,
} from "../../../src/options/form/connection-form.ts";

function parse(arn: string, roleRegion: string) {
	const form = { ...EMPTY_CONNECTION_FORM, roleArn: arn, roleRegion };
	return parseConnectionForm(form);
}

describe("the Region of a role", () => {
	it.each([
		["arn:aws:iam::123456789012:role/Read", ""],
		["arn:aws:iam::123456789012:role/Read", "eu-west-1"],
		["arn:aws-cn:iam::123456789012:role/Read", "cn-north-1"],
		["arn:aws-us-gov:iam::123456789012:role/Read", "us-gov-west-1"],
	])("%s with %j is accepted", (arn, region) => {
		expect(parse(arn, region)).toMatchObject({ ok: true });
	});

	it.each([
		["arn:aws-cn:iam::123456789012:role/Read", ""],
		["arn:aws-cn:iam::123456789012:role/Read", "eu-west-1"],
		["arn:aws:iam::123456789012:role/Read", "cn-north-1"],
		["arn:aws-us-gov:iam::123456789012:role/Read", "us-east-1"],
	])(
		"%s with %j is refused, since keys would go to another partition",
		(arn, region) => {
			expect(parse(arn, region)).toEqual({
				ok: false,
				error: {
					roleRegion: `The role is in the partition ${arn.split(":")[1]}. Enter a Region of that partition.`,
				},
			});
		},
	);
});
