// REMOTE=1 needs APPCONFIG_APPLICATION, APPCONFIG_ENVIRONMENT, APPCONFIG_PROFILE (with something
// deployed), AWS_REGION and credentials where the SDK looks for them. It makes a dozen calls and changes nothing.
import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { onTestFinished } from "vitest";
import {
	createHarness,
	type EmulatorHarness,
	headerOf,
	poll,
	SETTINGS,
	toBody,
	toText,
} from "../harness.ts";
import { createDataPlaneClient, createSdkService } from "../sdk-service.ts";
import {
	describeDataPlane,
	type Polled,
	type Refused,
	type Service,
} from "./data-plane.contract.ts";

describeDataPlane("in-process", async () => {
	const harness = createShop();
	return {
		profile: SETTINGS,
		handles: toHandles(harness),
		async start(input) {
			const reply = await harness.request({
				method: "POST",
				url: "/configurationsessions",
				body: toBody(input),
			});
			const body = JSON.parse(toText(reply.body));
			return reply.status === 201 ? body : toRefused(reply, body);
		},
		async get(token): Promise<Polled | Refused> {
			const reply = await poll(harness, token);
			if (reply.status !== 200)
				return toRefused(reply, JSON.parse(toText(reply.body)));
			return {
				NextPollConfigurationToken:
					reply.header("Next-Poll-Configuration-Token") ?? "",
				NextPollIntervalInSeconds: Number(
					reply.header("Next-Poll-Interval-In-Seconds"),
				),
				ContentType: reply.header("Content-Type"),
				VersionLabel: reply.header("Version-Label"),
				Configuration: Buffer.from(reply.body),
			};
		},
	};
});

describeDataPlane("over HTTP with the AWS SDK for JavaScript", async () => {
	const harness = createShop();
	const { url } = await harness.emulator.listen({ port: 0 });
	const client = createDataPlaneClient(url);
	onTestFinished(() => client.destroy());
	return {
		profile: SETTINGS,
		handles: toHandles(harness),
		...createSdkService(client),
	};
});

if (process.env.REMOTE === "1")
	describeDataPlane(
		"AWS itself",
		async () => ({
			profile: {
				ApplicationIdentifier: need("APPCONFIG_APPLICATION"),
				EnvironmentIdentifier: need("APPCONFIG_ENVIRONMENT"),
				ConfigurationProfileIdentifier: need("APPCONFIG_PROFILE"),
			},
			...createSdkService(new AppConfigDataClient({})),
		}),
		false,
	);

function createShop(): EmulatorHarness {
	return createHarness({ "shop/test/settings.json": '{"first": true}' });
}

function toHandles(harness: EmulatorHarness): NonNullable<Service["handles"]> {
	const file = "shop/test/settings.json";
	return {
		advance: harness.advance,
		async deploy(content, label) {
			if (label !== undefined) harness.writeFile(`${file}.label`, label);
			harness.writeFile(file, content);
		},
		remove: async () => harness.removeFile(file),
	};
}

interface ErrorBody {
	readonly Message: string;
	readonly Reason?: string;
	readonly ResourceType?: string;
	readonly ReferencedBy?: Record<string, string>;
	readonly Details?: {
		readonly InvalidParameters?: Record<string, { readonly Problem: string }>;
	};
}

function toRefused(
	reply: Parameters<typeof headerOf>[0],
	{ Message, Details, ...members }: ErrorBody,
): Refused {
	const [problem] = Object.values(Details?.InvalidParameters ?? {});
	return {
		error: headerOf(reply, "x-amzn-ErrorType") ?? "",
		status: reply.status,
		message: Message,
		...members,
		...(problem ? { problem: problem.Problem } : {}),
	};
}

function need(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`REMOTE=1 needs ${name}`);
	return value;
}
