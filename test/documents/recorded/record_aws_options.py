"""Records which options the AWS CLI has: python record_aws_options.py > aws-options.json, with awscli installed."""

import json
import sys

from awscli.clidriver import create_clidriver

OPERATIONS = {
    "xray": None,
    "cloudformation": ["deploy", "describe-stacks", "delete-stack"],
    "configure": ["set", "get", "list"],
    "dynamodb": ["scan", "get-item", "describe-table", "delete-table"],
    "ecr": ["create-repository", "delete-repository", "get-login-password"],
    "iam": ["get-role-policy", "put-role-policy", "delete-role-policy"],
    "sns": ["list-subscriptions-by-topic", "publish", "delete-topic"],
    "sqs": ["receive-message", "get-queue-attributes", "delete-queue"],
    "sts": ["get-caller-identity", "assume-role"],
}

driver = create_clidriver()
services = driver._get_command_table()
# Version 2 alone has it.
recorded = {"global": sorted(driver._get_argument_table()), "sso login": ["no-browser"]}
for service, operations in OPERATIONS.items():
    command = services[service]
    table = command._get_command_table() if hasattr(command, "_get_command_table") else command.subcommand_table
    for operation in sorted(operations or table):
        if operation not in table:
            sys.exit(f"{service} {operation} is not there")
        arguments = getattr(table[operation], "arg_table", {})
        recorded[f"{service} {operation}"] = sorted(arguments)
json.dump(recorded, sys.stdout, indent=0)
sys.stdout.write("\n")
