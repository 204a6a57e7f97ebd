import { jsonReply } from "../http/messages.ts";
import { type ApplicationRecord, omitUndefined } from "../registry/records.ts";
import { badRequest, noContent, type Operation } from "./operation.ts";
import {
	optionalName,
	optionalText,
	paginate,
	parseBody,
	requireText,
} from "./request.ts";
import {
	createResourceId,
	requireApplication,
	requireFreeName,
} from "./resources.ts";
import { parseTags, toRemovalChanges, toTagChanges } from "./tags.ts";

const MAX_APPLICATIONS = 100;

export const createApplication: Operation = ({ store }, request) => {
	const body = parseBody(request);
	const Name = requireText(body, "Name", 64);
	const Description = optionalText(body, "Description", 1024);
	const tags = parseTags(body);
	requireFreeName(store, "applications", Name);
	const Id = createResourceId(store, "applications", {
		quota: MAX_APPLICATIONS,
	});
	const record: ApplicationRecord = {
		Id,
		Name,
		...omitUndefined({ Description }),
	};
	store.commit([
		{ table: "applications", key: Id, record },
		...toTagChanges("applications", Id, tags),
	]);
	return jsonReply(201, record, "created");
};

export const getApplication: Operation = ({ store }, _, { ApplicationId }) =>
	jsonReply(200, requireApplication(store, ApplicationId));

export const listApplications: Operation = ({ store }, { url }) =>
	jsonReply(
		200,
		paginate(url, store.list("applications"), {
			direction: "ascending",
			sortKey: ({ Id }) => store.position("applications", Id),
		}),
	);

export const updateApplication: Operation = (
	{ store },
	request,
	{ ApplicationId },
) => {
	const before = requireApplication(store, ApplicationId);
	const body = parseBody(request);
	const Name = optionalName(body, 64) ?? before.Name;
	const Description = optionalText(body, "Description", 1024);
	if (Name !== before.Name) requireFreeName(store, "applications", Name);
	const record = { ...before, Name, ...omitUndefined({ Description }) };
	store.commit([{ table: "applications", key: record.Id, record }]);
	return jsonReply(200, record);
};

export const deleteApplication: Operation = (
	{ store },
	_,
	{ ApplicationId },
) => {
	const { Id } = requireApplication(store, ApplicationId);
	const inUse =
		store.list("environments", Id).length > 0 ||
		store.list("profiles", Id).length > 0;
	if (inUse)
		throw badRequest(
			"The application has environments or configuration profiles",
		);
	store.commit(toRemovalChanges(store, "applications", Id));
	return noContent();
};
