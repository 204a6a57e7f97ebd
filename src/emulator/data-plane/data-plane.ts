import { badRequest } from "../http/errors.ts";
import {
	type HttpRequest,
	type OperationCall,
	toPath,
} from "../http/messages.ts";
import {
	createGetLatestConfiguration,
	type GetLatestConfigurationOptions,
} from "./get-latest-configuration.ts";
import {
	createStartConfigurationSession,
	type StartConfigurationSessionOptions,
} from "./start-configuration-session.ts";

export type DataPlaneOptions = StartConfigurationSessionOptions &
	GetLatestConfigurationOptions;

/** Returns undefined for paths that are not the data plane's. */
export function createDataPlane(
	options: DataPlaneOptions,
): (request: HttpRequest) => OperationCall | undefined {
	const startConfigurationSession = createStartConfigurationSession(options);
	const getLatestConfiguration = createGetLatestConfiguration(options);
	return (request) => {
		const { method, url, headers } = request;
		switch (toPath(url)) {
			case "/configurationsessions":
				return method === "POST"
					? startConfigurationSession(request)
					: wrongMethod(request);
			case "/configuration":
				return method === "GET"
					? getLatestConfiguration({
							encodedToken: findEncodedToken(url),
							accept: headers.accept,
						})
					: wrongMethod(request);
			default:
				return undefined;
		}
	};
}

function findEncodedToken(url: string): string | undefined {
	const name = "configuration_token=";
	return url
		.slice(url.indexOf("?") + 1)
		.split("&")
		.find((part) => part.startsWith(name))
		?.slice(name.length);
}

function wrongMethod({ method, url }: HttpRequest): OperationCall {
	return {
		operation: "Unknown",
		run: () => badRequest(`${method} is not a method of ${toPath(url)}`),
	};
}
