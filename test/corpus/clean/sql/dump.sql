-- PostgreSQL database dump
CREATE TABLE users (id uuid PRIMARY KEY, mail text, password_hash text, api_token_sha256 char(64), twilio_sid text);
INSERT INTO users VALUES ('649307c1-54d3-5acf-bc75-7b0e039d2021', 'ana@example.com', '$2b$12$QMQUdVYTdaoo1NA1RFUl8Oj2v6uh/bS8DDDewt4RLXx98Wi9ztOLT', '24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac', 'AC276b6c4692e78d4799c12ada515bc3e4');
INSERT INTO users VALUES ('628a2cfa-a40c-5509-9aff-8fced0174f42', 'ben@example.com', '$2b$12$m3YvkNQB5gdBTGW9HK5xMUCF8hZwX00tS6FWaxlF/V5qK/j9B8iMm', '6700869c8ff7480e34a70a708b028700dbaa3a033b5652b903afe89f49a31456', 'AC7fe4771c008a22eb763df47d19e2c6aa');
INSERT INTO users VALUES ('f96af760-6d37-5eb3-8769-27cfcf90d8c9', 'cleo@example.com', '$2b$12$pTQUvUhWwdoB1L2PeYlWzei5AQfVKztIQ8TZOHocjX1HAR8I/xP67', 'cbdd10d72000b3a4068a0ea6c99aec6b306c0d49beb065c105143ee2e815256f', 'ACfce75110d95bedd51264ce2a99cfc908');
COPY integrations (id, provider, config_hash, external_id) FROM stdin;
0	line	6438c669e0d0de98e6929c2cc0fac474	dce78489-cd98-5a13-b6c6-2a2649857e79
1	twilio	02641f076b0cc3a17a1693616838ecf7	3d49090d-5c42-516d-90ac-5f8a2e9af50e
2	webex	9a89a117b98ac2771fc2fc811457f1e0	bfa00aa8-c757-5eba-964b-b67a159f87af
3	slack	c25033a972715dbbdb7e73ac79261230	e29032ec-afee-5688-9b83-326df3b937f7
4	stripe	8a98c86b49d93794705dd64bcdbbe3ab	e83c4173-e53e-5676-8922-cf41e8626a68
5	azure	cf04a02e37b774fc311a48f605c3c597	add4581c-0f62-523a-9934-6c2061a6caa7
6	jenkins	ab63a76362c3972ac83d5cb8830fdb51	c472d5ae-f1b5-5be7-b679-9b871da7f7d8
7	travis	7985139ae9b6efb45373e3e36e444224	d130f963-a8e3-577d-a99e-c14775cff605
\.
INSERT INTO settings (name, value) VALUES ('argon2', '$argon2id$v=19$m=65536,t=3,p=4$K8mQBZRzRI5uvUQqoWv6oA$JMuTO9lF5BpAHu3QuoiPeDs6nOgMyh/kTywDLHMMuPQ');
CREATE USER app WITH PASSWORD :'app_password';
