# frozen_string_literal: true

Stripe.api_key = Rails.application.credentials.dig(:stripe, :secret_key)
Twilio.configure do |config|
  config.account_sid = ENV.fetch('TWILIO_ACCOUNT_SID')
  config.auth_token = Rails.application.credentials.twilio_auth_token!
end
Aws.config.update(credentials: Aws::Credentials.new(ENV['AWS_ACCESS_KEY_ID'], ENV['AWS_SECRET_ACCESS_KEY']))
Line::Bot::Client.new do |config|
  config.channel_secret = ENV.fetch('LINE_CHANNEL_SECRET', nil)
  config.channel_token = Rails.application.credentials[:line][:channel_token]
end
CACHE_DIGEST = 'a3917185b30a0f6a723d738d92d6a892'
GITHUB_REF = '2c7b343df9e0c579f8809ad71d27b5ee605a411f'
stub_request(:get, "https://api.twilio.com/2010-04-01/Accounts/AC29c63a14fe71b7c2e18b84e1e2a261ce/Messages/SM78e731027d8fd50ed642340b7c9a63b3.json")
