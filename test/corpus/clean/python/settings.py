"""Settings of the bot: every credential comes from the environment."""
import os

from linebot import LineBotApi, WebhookHandler
from twilio.rest import Client
from webexteamssdk import WebexTeamsAPI

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
AWS_ACCESS_KEY_ID = os.environ.get("AWS_ACCESS_KEY_ID")
AWS_SECRET_ACCESS_KEY = os.environ.get("AWS_SECRET_ACCESS_KEY", "")
AWS_STORAGE_BUCKET_NAME = "acme-production-uploads-eu-central-1-backup"
line_bot_api = LineBotApi(os.environ["LINE_CHANNEL_ACCESS_TOKEN"])
handler = WebhookHandler(os.getenv("LINE_CHANNEL_SECRET"))
client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
webex = WebexTeamsAPI(access_token=get_secret("webex/bot-token"))
WEBEX_ROOM_ID = "Y2lzY29zcGFyazovL3VzL1JPT00vMjc5ZmY1NmMtZDEyNS01YTkzLTgzMjctYTYyZThkODk0MjFj"
WEBEX_PERSON_ID = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS9iOTgzNTY2Yi0yZmFkLTU0ODgtYWQwYy0xMWQ3NDc4NWFiNjQ="
SLACK_CHANNEL = "C024BE91L"
SLACK_THREAD_TS = "1700000000.123456"
SLACK_SIGNATURE = "v0=e033ace619d530aa989207cc47083f4e12680cc358f12a94c221b9835849608c"
DISCORD_GUILD_ID = 1098765432109876543
TELEGRAM_CHAT_ID = -1001234567890
TWILIO_PHONE_SID = "PNf7a42fe7211f98ac7a60a285ac3a9e87"
TWILIO_VERIFY_SERVICE = "VAe8418d1d706cd73548f9f16f1d55ad6e"
STATIC_HASH = "a81259cef8e959c624df1d456e5d3297"
LINE_RICH_MENU_ID = "richmenu-5d934f7688dee729b21ec2e2cf4d245a"
LINE_USER_ID = "Uee11cbb19052e40b07aac0ca060c23ee"
LINE_GROUP_ID = "Cdb0f6f37ebeb6ea09489124345af2a45"


def get_secret(name: str) -> str:
    return vault.secrets.kv.v2.read_secret_version(path=name)["data"]["data"]["value"]
