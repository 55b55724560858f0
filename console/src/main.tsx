import './api/style-nonce.ts';

location.replace('/graphql');
