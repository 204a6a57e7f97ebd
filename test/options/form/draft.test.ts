import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type DraftStorage,
	deleteDraft,
	loadDraft,
	saveDraft,
} from "../../../src/options/form/draft.ts";
import {
	EMPTY_PROFILE_FORM,
	PROFILE_FORM,
	type ProfileForm,
} from "../../../src/options/form/profile-form.ts";

function createStorage(): DraftStorage & {
	readonly texts: Map<string, string>;
} {
	const texts = new Map<string, string>();
	return {
		texts,
		getItem: (key) => texts.get(key) ?? null,
		setItem: (key, text) => texts.set(key, text),
		removeItem: (key) => texts.delete(key),
	};
}

const TYPED: ProfileForm = {
	...EMPTY_PROFILE_FORM,
	application: "storefront",
	endpoint: "http://127.0.0.1:",
};

test("a full storage loses the draft, not the typed text", () => {
	const full: DraftStorage = {
		...createStorage(),
		setItem: () => {
			throw new DOMException("full", "QuotaExceededError");
		},
	};
	const draft = {
		form: TYPED,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	};
	saveDraft(full, "new", draft);
	expect(loadDraft(full, "new", PROFILE_FORM)).toBeUndefined();
});

test("a half-typed form is restored when the page opens again", () => {
	const storage = createStorage();
	saveDraft(storage, "new", {
		form: TYPED,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	});
	expect(loadDraft(storage, "new", PROFILE_FORM)).toEqual(TYPED);
});

test("every profile has a draft of its own", () => {
	const storage = createStorage();
	saveDraft(storage, "new", {
		form: TYPED,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	});
	expect(loadDraft(storage, "other", PROFILE_FORM)).toBeUndefined();
});

test("secrets are never stored in a draft", () => {
	fc.assert(
		fc.property(fc.string({ minLength: 12, maxLength: 40 }), (noise) => {
			const secret = `secret ${noise}`;
			const storage = createStorage();
			const form = {
				...TYPED,
				accessKeyId: secret,
				secretAccessKey: secret,
				sessionToken: secret,
			};
			saveDraft(storage, "new", {
				form,
				saved: EMPTY_PROFILE_FORM,
				shape: PROFILE_FORM,
			});
			expect([...storage.texts.values()].join()).not.toContain("secret ");
			expect(loadDraft(storage, "new", PROFILE_FORM)).toEqual(TYPED);
		}),
	);
});

test("a form that equals the saved one has no draft", () => {
	const storage = createStorage();
	saveDraft(storage, "one", {
		form: TYPED,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	});
	saveDraft(storage, "one", {
		form: EMPTY_PROFILE_FORM,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	});
	expect(storage.texts.size).toBe(0);
});

test("typing only keys creates no draft", () => {
	const storage = createStorage();
	const form = { ...TYPED, secretAccessKey: "typed" };
	saveDraft(storage, "one", { form, saved: TYPED, shape: PROFILE_FORM });
	expect(storage.texts.size).toBe(0);
});

test("a discarded draft is deleted", () => {
	const storage = createStorage();
	saveDraft(storage, "new", {
		form: TYPED,
		saved: EMPTY_PROFILE_FORM,
		shape: PROFILE_FORM,
	});
	deleteDraft(storage, "new");
	expect(loadDraft(storage, "new", PROFILE_FORM)).toBeUndefined();
});

test.each(["", "null", "[]", "{", '{"name":7,"extra":"x"}', '"text"'])(
	"a draft that reads %j does no harm",
	(text) => {
		const storage = createStorage();
		storage.setItem("draft.new", text);
		const draft = loadDraft(storage, "new", PROFILE_FORM);
		expect(draft === undefined || draft).toEqual(
			draft === undefined ? true : EMPTY_PROFILE_FORM,
		);
	},
);
