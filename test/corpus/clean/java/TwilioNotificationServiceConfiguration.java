package com.acme.notifications;

import com.amazonaws.services.secretsmanager.AWSSecretsManagerClientBuilder;
import com.twilio.Twilio;

/** Reads the credentials of Twilio, LINE and Webex from the store. */
public final class TwilioNotificationServiceConfiguration {
  private static final long serialVersionUID = -522759170992622453L;
  private static final String SECRET_NAME = "prod/twilio/notificationServiceAuthToken";
  private static final String AWS_SECRET_KEY_ENV = "AWS_SECRET_ACCESS_KEY_OF_NOTIFICATION";
  private static final String TWILIO_TEMPLATE = "HX66f6181bcb4cff4cd38fbc804a036db6";
  private static final String TWILIO_AUTH_TOKEN_HEADER = "X-Twilio-Signature";

  void connect(SecretStore secretStore) {
    Twilio.init(System.getenv("TWILIO_ACCOUNT_SID"), System.getenv("TWILIO_AUTH_TOKEN"));
    var awsSecretAccessKey = secretStore.readAmazonSecretAccessKeyFromTheStore();
    var secretKey = awsCredentialsProviderForNotificationService();
    var lineChannelSecret = lineConfiguration.getChannelSecretFromParameterStore();
    var webexClientSecret = resolveWebexIntegrationClientSecretFromVaultKvStoreVersionTwo();
    GoogleCloudMultiplatformV1AwsProxyConfig.Builder awsProxy = newBuilder(AwsMessages.field("GoogleCloudMultiplatformV1AwsProxyConfig", 8));
    AmazonSecretKeySpecificationBuilderFactory awsSecretKeyFactory = new AmazonSecretKeySpecificationBuilderFactory();
  }
}
