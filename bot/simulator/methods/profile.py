"""Who the bot is: name, descriptions, commands and the menu button, by language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import method
from bot.simulator.params import Params
from bot.simulator.state import BOT_ID, Profile
from bot.simulator.world import World

_SIMPLE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


@method("getMe")
def get_me(world: World, params: Params) -> dict[str, Any]:
    return world.api_sender(BOT_ID) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
def log_out(world: World, params: Params) -> bool:
    return True


@method("close")
def close(world: World, params: Params) -> bool:
    return True


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse BotCommand: expected an Array")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _commands_key(params)
    kept = [_command(command) for command in commands]
    if len({one["command"] for one in kept}) < len(kept) and world.strict:
        raise bad_request("BOT_COMMAND_DUPLICATE")
    world.profile.commands[key] = kept
    world.changed()
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    return world.profile.commands.get(_commands_key(params), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.commands.pop(_commands_key(params), None)
    world.changed()
    return True


def commands_shown(profile: Profile, chat_id: int, language: str) -> list[dict[str, str]]:
    """The commands a person sees in their private chat: the narrowest scope first, their language before none."""
    for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
        for code in (language, ""):
            if found := profile.commands.get(f"{scope}|{code}"):
                return found
    return []


def shown(by_language: dict[str, str], language: str) -> str:
    """The text in the language, or the one for all the rest."""
    return by_language.get(language) or by_language.get("", "")


def _text_setting(name: str, field: str, limit: int, of: Callable[[Profile], dict[str, str]]) -> None:
    @method(f"setMy{name}")
    def setter(world: World, params: Params) -> bool:
        text = params.text(field).strip()
        if len(text) > limit:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        language = _language(params)
        if text or (field == "name" and not language):
            of(world.profile)[language] = text
        else:
            of(world.profile).pop(language, None)
        world.changed()
        return True

    @method(f"getMy{name}")
    def getter(world: World, params: Params) -> dict[str, str]:
        return {field: shown(of(world.profile), _language(params))}


_text_setting("Name", "name", 64, lambda profile: profile.names)
_text_setting("Description", "description", 512, lambda profile: profile.descriptions)
_text_setting("ShortDescription", "short_description", 120, lambda profile: profile.short_descriptions)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: unsupported type")
    world.profile.menu_buttons[params.text("chat_id")] = button
    world.changed()
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> dict[str, Any]:
    return world.profile.menu_buttons.get(params.text("chat_id"), {"type": "commands"})


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _commands_key(params: Params) -> str:
    scope = params.json("scope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SIMPLE_SCOPES:
        name = str(kind)
    elif kind in _CHAT_SCOPES:
        if "chat_id" not in scope:
            raise bad_request("chat_id is empty")
        name = ":".join([str(kind), str(scope["chat_id"]), *map(str, filter(None, [scope.get("user_id")]))])
    else:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return f"{name}|{_language(params)}"


def _command(command: object) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request(f"can't parse BotCommand: {json.dumps(command)}")
    name = name.removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}
