// A profile's form as the page has it.
import { parseCredentials } from "../../core/connection/credentials.ts";
import {
	type FieldErrors,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
} from "../../core/profile/profile.ts";
import { err, type Result } from "../../core/shared/result.ts";
import { PROFILE_SHAPE } from "../draft.ts";
import type { FormDefinition, FormState } from "../use-form.ts";
import { ALL_FIELDS } from "./fields.ts";

export type ProfileFormState = FormState<ProfileForm, Profile>;

export const PROFILE_FORM: FormDefinition<ProfileForm, Profile> = {
	...PROFILE_SHAPE,
	order: ALL_FIELDS.map(({ field }) => field),
	check: checkForm,
};

function checkForm(form: ProfileForm): Result<Profile, FieldErrors> {
	const profile = parseProfile(form, "" as ProfileId);
	const keys = parseCredentials(form);
	if (profile.ok && keys.ok) return profile;
	return err({
		...(profile.ok ? {} : profile.error),
		...(keys.ok ? {} : keys.error),
	});
}
