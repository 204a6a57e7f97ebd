import {
	AppConfigDataClient,
	AppConfigDataServiceException,
	BadRequestException,
	GetLatestConfigurationCommand,
	ResourceNotFoundException,
	StartConfigurationSessionCommand,
} from "@aws-sdk/client-appconfigdata";
import type {
	Polled,
	Refused,
	Service,
} from "./data-plane/data-plane.contract.ts";

export function createSdkService(
	client: AppConfigDataClient,
): Pick<Service, "start" | "get"> {
	return {
		start: (input) =>
			client.send(new StartConfigurationSessionCommand(input)).then(
				({ InitialConfigurationToken = "" }) => ({
					InitialConfigurationToken,
				}),
				toRefused,
			),
		get: (token) =>
			client
				.send(new GetLatestConfigurationCommand({ ConfigurationToken: token }))
				.then(
					(output): Polled => ({
						NextPollConfigurationToken: output.NextPollConfigurationToken ?? "",
						NextPollIntervalInSeconds: output.NextPollIntervalInSeconds ?? -1,
						ContentType: output.ContentType,
						VersionLabel: output.VersionLabel,
						Configuration: output.Configuration ?? new Uint8Array(0),
					}),
					toRefused,
				),
	};
}

export function createDataPlaneClient(endpoint: string): AppConfigDataClient {
	return new AppConfigDataClient({
		endpoint,
		region: "eu-west-1",
		credentials: { accessKeyId: "test", secretAccessKey: "test" },
	});
}

function toRefused(error: unknown): Refused {
	if (!(error instanceof AppConfigDataServiceException)) throw error;
	const base = {
		error: error.name,
		status: error.$metadata.httpStatusCode ?? 0,
		message: error.message,
	};
	if (error instanceof BadRequestException) {
		const problems = Object.values(error.Details?.InvalidParameters ?? {});
		const problem = problems[0]?.Problem;
		return {
			...base,
			...(error.Reason === undefined ? {} : { Reason: error.Reason }),
			...(problem === undefined ? {} : { problem }),
		};
	}
	if (error instanceof ResourceNotFoundException)
		return {
			...base,
			...(error.ResourceType === undefined
				? {}
				: { ResourceType: error.ResourceType }),
			...(error.ReferencedBy === undefined
				? {}
				: { ReferencedBy: error.ReferencedBy }),
		};
	return base;
}
