import { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { expect, test } from "vitest";
import {
	mayCarryCredentials,
	parseEndpoint,
} from "../../../src/core/connection/endpoint.ts";
import { endpointsOf, REGIONS } from "../../../src/options/profile/regions.ts";

test.each(REGIONS)("%s is offered what the SDK knows there", (Region) => {
	const { endpointProvider } = new AppConfigDataClient({ region: Region })
		.config;
	for (const [url, words] of endpointsOf(Region)) {
		const known = endpointProvider({
			Region,
			UseFIPS: words.includes("FIPS"),
			UseDualStack: words.includes("dual-stack"),
		});
		expect(url).toBe(known.url.origin);
		const parsed = parseEndpoint(url);
		expect(parsed.ok && mayCarryCredentials(parsed.value)).toBe(true);
	}
});

test("Regions of the United States have FIPS endpoints, and all public partitions dual-stack ones", () => {
	const offered = (region: string) =>
		endpointsOf(region).map(([, words]) => words);
	expect(offered("us-east-1")).toEqual([
		"FIPS",
		"dual-stack (IPv6)",
		"FIPS, dual-stack",
	]);
	for (const region of [
		"eu-west-1",
		"cn-north-1",
		"us-gov-west-1",
		"eusc-de-east-1",
	])
		expect(offered(region)).toEqual(["dual-stack (IPv6)"]);
	expect(offered("nowhere")).toEqual([]);
});
