"""A portal's script for the first system: only the base URL changed, and there is a key in it."""
import base64
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

BASE = urllib.parse.urlsplit(sys.argv[1])
ROOT = f"{BASE.scheme}://{BASE.hostname}:{BASE.port}"


def call(method, path, data=None):
    # What Python's requests makes of http://oa:KEY@host.
    login = base64.b64encode(f"{BASE.username}:{BASE.password}".encode()).decode()
    request = urllib.request.Request(
        path if path.startswith("http") else ROOT + path,
        data=None if data is None else json.dumps(data).encode(),
        headers={"Accept": "*/*", "Content-Type": "application/json", "Authorization": "Basic " + login},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


seen = {}
code = "OLD1"
_, mapping = call("POST", "/department-mappings/", {"idata_departmentcode": code, "idaas_departmentcode": "WW1", "ou": "OU=x"})
_, mappings = call("GET", "/department-mappings/?search=" + code)
seen["mapped"] = [row["id"] for row in mappings["results"]] == [mapping["id"]]

user = {"employeeNumber": "PY0001", "employeeName": "张三", "departmentCode": code, "phoneNumber": "13800138001", "partnerCompany": "ABC", "country": "cn"}
batch = {"originSystem": "oa", "businessKey": "65090", "accountType": "personal", "employeeType": "W", "systemList": ["idaas", "welink", "email"], "userList": [user]}
_, created = call("POST", "/account-creation/create_accounts/", batch)
seen["created"] = created["success"]
while True:
    _, request = call("GET", "/account-creation/requests/" + created["requestId"] + "/")
    if request["status"] in ("completed", "partial_failed", "failed"):
        break
    time.sleep(0.1)
seen["request"] = [request["status"], request["progress"], request["items"][0]["hrPersonInfo"]["fullName"]]

_, stats = call("GET", "/account-creation/task_stats/")
seen["stats"] = stats["stats_by_type"]["idaas"]["completed"] >= 1
tasks, page = [], "/account-creation/?ordering=created_at"
while page:
    _, listed = call("GET", page)
    tasks += [task for task in listed["results"] if task["person_info"]["employee_number"] == "PY0001"]
    page = listed["next"]
seen["tasks"] = sorted([task["account_type"], task["status"]] for task in tasks)
_, logs = call("GET", f"/account-creation/{tasks[0]['id']}/logs/")
seen["logs"] = logs["count"]

person = tasks[0]["person"]
_, accounts = call("GET", f"/hr-persons/{person}/accounts/")
seen["accounts"] = [account["is_created"] for account in accounts]
runs = [call("POST", f"/task-management/{name}/", {"mode": "dry_run"}) for name in ("sync-hr-persons", "create_account_tasks", "process-account-tasks")]
seen["runs"] = [[status, run["status"]] for status, run in runs]

bad, refusal = call("POST", "/account-creation/create_accounts/", {**batch, "userList": [{**user, "phoneNumber": "12"}]})
seen["refused"] = [bad, list(refusal["errors"]["userList"]["0"])]
print(json.dumps(seen))
