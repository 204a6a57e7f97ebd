import { expect, test } from "vitest";
import type { Version } from "../../src/core/history/history.ts";
import type { Profile, ProfileId } from "../../src/core/profile/profile.ts";
import { createRoute, formatHash, parseHash } from "../../src/page/route.ts";

const PROFILE = { id: "p-1" as ProfileId, name: "settings" } as Profile;
const VERSION = { number: 3, label: "spring-sale" } as Version;

function fakeWindow(hash: string) {
	const location = { hash };
	const history = {
		replaceState: (_data: null, _unused: "", url: string) => {
			location.hash = url;
		},
	};
	return { location, history, document: { title: "" } };
}

test("an address is parsed as what it was written from", () => {
	const place = { profile: "a&b=c#d", version: 12, view: "raw" };
	expect(parseHash(formatHash(place))).toEqual(place);
});

test.each(["0", "-1", "1.5", "x", "9999999999", ""])(
	"the invalid version %j shows the live one",
	(version) => {
		expect(parseHash(`#version=${version}`).version).toBeUndefined();
	},
);

test("the live version is not in the address, so that a reload shows what is live then", () => {
	const window = fakeWindow("#profile=p-1&version=2");
	const route = createRoute(window, window.location.hash);
	route.versionSelected({ profile: PROFILE, version: VERSION, isLive: true });
	route.viewSelected("tree");
	expect(parseHash(window.location.hash)).toEqual({
		profile: "p-1",
		version: undefined,
		view: "tree",
	});
	expect(window.document.title).toBe(
		"settings · spring-sale — AppConfig Inspector",
	);
});

test("an older version is in the address and in the title", () => {
	const window = fakeWindow("#profile=p-1&version=3");
	const route = createRoute(window, window.location.hash);
	expect(route.initial.version).toBe(3);
	route.versionSelected({
		profile: PROFILE,
		version: undefined,
		isLive: false,
	});
	expect(parseHash(window.location.hash).version).toBe(3);
	route.versionSelected({ profile: PROFILE, version: VERSION, isLive: false });
	expect(window.document.title).toBe(
		"settings · Version 3 · spring-sale — AppConfig Inspector",
	);
});

test("the address that was navigated to is shown, even if the page before it has replaced it since", () => {
	const window = fakeWindow("#profile=p-1");
	const before = createRoute(window, window.location.hash);
	window.location.hash = "#profile=p-2";
	before.versionSelected({ profile: PROFILE, version: VERSION, isLive: true });
	const route = createRoute(window, "#profile=p-2");
	expect(route.initial.profile).toBe("p-2");
	route.viewSelected("raw");
	expect(parseHash(window.location.hash)).toMatchObject({ profile: "p-2" });
});
