import { describe, expect, test } from "vitest";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { planMatrix, proposeProfiles } from "../../../src/ui/matrix/columns.ts";
import {
	createProfileSnapshot,
	createVersion,
} from "../../helpers/render-view.tsx";

const create = (id: string, change: Partial<Profile>, hasVersion = true) => {
	const { profile } = createProfileSnapshot();
	return createProfileSnapshot({
		profile: { ...profile, id: id as ProfileId, name: id, ...change },
		versions: hasVersion ? [createVersion(1)] : [],
	});
};
const prod = create("a", { environment: "prod" });
const staging = create("b", { environment: "staging" });
const test_ = create("c", { environment: "test" }, false);
const flags = create("d", {
	environment: "prod",
	configurationProfile: "flags",
});
const stagingFlags = create("e", {
	environment: "staging",
	configurationProfile: "flags",
});
const elsewhere = create("f", { application: "other" });

const summary = (...chosen: Parameters<typeof planMatrix>[0]) => {
	const { columns, sections } = planMatrix(chosen);
	return {
		columns: columns.map(({ key, name }) => (name ? `${key} ${name}` : key)),
		sections: sections.map(({ title, sources }) => [
			title,
			...sources.map((source) => source?.profile.id),
		]),
	};
};

test("the same configuration profile in other environments is proposed", () => {
	const all = [prod, staging, test_, flags, elsewhere];
	expect(proposeProfiles(all, prod)).toEqual(["a", "b", "c"]);
});

describe("the columns of a matrix", () => {
	test("are environments, and one without a version has no values", () => {
		expect(summary(prod, staging, test_)).toEqual({
			columns: ["prod", "staging", "test"],
			sections: [["settings", "a", "b", undefined]],
		});
	});

	test("hold a section for each configuration profile", () => {
		expect(summary(prod, staging, flags, stagingFlags)).toEqual({
			columns: ["prod", "staging"],
			sections: [
				["settings", "a", "b"],
				["flags", "d", "e"],
			],
		});
	});

	test("are profiles where two are of the same environment", () => {
		const second = create("g", { environment: "prod", region: "us-east-1" });
		expect(summary(prod, second)).toEqual({
			columns: ["a a", "g g"],
			sections: [["settings", "a", "g"]],
		});
	});

	test("are in one section where configuration profiles have different names", () => {
		expect(summary(prod, stagingFlags)).toEqual({
			columns: ["prod", "staging"],
			sections: [["settings, flags", "a", "e"]],
		});
	});

	test("are none without a profile", () => {
		expect(summary()).toEqual({ columns: [], sections: [] });
	});
});
