import { isRegion, partitionOf } from "../../core/connection/endpoint.ts";

export const REGIONS: readonly string[] = [
	"us-east-1",
	"us-east-2",
	"us-west-1",
	"us-west-2",
	"af-south-1",
	"ap-east-1",
	"ap-east-2",
	"ap-northeast-1",
	"ap-northeast-2",
	"ap-northeast-3",
	"ap-south-1",
	"ap-south-2",
	"ap-southeast-1",
	"ap-southeast-2",
	"ap-southeast-3",
	"ap-southeast-4",
	"ap-southeast-5",
	"ap-southeast-7",
	"ca-central-1",
	"ca-west-1",
	"eu-central-1",
	"eu-central-2",
	"eu-north-1",
	"eu-south-1",
	"eu-south-2",
	"eu-west-1",
	"eu-west-2",
	"eu-west-3",
	"il-central-1",
	"me-central-1",
	"me-south-1",
	"mx-central-1",
	"sa-east-1",
	"us-gov-east-1",
	"us-gov-west-1",
	"cn-north-1",
	"cn-northwest-1",
	"eusc-de-east-1",
];

/** What AWS offers in a Region besides its usual host, each with a word for it. */
export function endpointsOf(
	region: string,
): readonly (readonly [url: string, words: string])[] {
	if (!isRegion(region)) return [];
	const { name, dns, dualStack } = partitionOf(region);
	const at = (service: string, domain: string) =>
		`https://${service}.${region}.${domain}`;
	// GovCloud's usual host is its FIPS one; China and the EU's sovereign cloud have none.
	const hasFips = name === "aws" && region.startsWith("us-");
	return [
		...(hasFips ? [[at("appconfigdata-fips", dns), "FIPS"] as const] : []),
		...(dualStack
			? [[at("appconfigdata", dualStack), "dual-stack (IPv6)"] as const]
			: []),
		...(hasFips && dualStack
			? [[at("appconfigdata-fips", dualStack), "FIPS, dual-stack"] as const]
			: []),
	];
}
